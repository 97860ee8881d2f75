"""The schema of this API, and a page to read and try it; both open to everyone."""

from typing import Any, cast

from django.conf import settings
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

# The page's own script writes styles; everything else stays as strict as on all pages.
_POLICY = cast(dict[str, Any], settings.SECURE_CSP) | {
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
}

schema = SpectacularAPIView.as_view()
page = csp_override(_POLICY)(SpectacularSwaggerSplitView.as_view(url_name="api:schema"))

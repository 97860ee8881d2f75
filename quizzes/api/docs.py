"""The schema of this API, and a page to read and try it; both open to everyone."""

from typing import Any

from django.conf import settings
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

# Swagger's style sheet draws its icons from data; all else is as strict as on every page.
_POLICY: dict[str, Any] = settings.SECURE_CSP | {"img-src": [CSP.SELF, "data:"]}

schema = SpectacularAPIView.as_view()
page = csp_override(_POLICY)(
    SpectacularSwaggerSplitView.as_view(
        url_name="api:schema", template_name="quizzes/api.html", title="Reading Room"
    )
)

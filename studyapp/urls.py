"""The site's addresses, one line a house."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

handler400 = "quizzes.web.errors.bad_request"

# The back office has no door of its own: it would ask for no second step.
_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
_new_password = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("admin/login/", _sign_in, name="back-office-sign-in"),
    path("admin/password_change/", _new_password, name="back-office-password"),
    path("admin/", admin.site.urls),
    path("api/", include("quizzes.api.urls")),
    path("", include("quizzes.web.urls")),
]

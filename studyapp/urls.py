"""The site's addresses, one line a house."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

handler400 = "quizzes.web.errors.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("quizzes.api.urls")),
    path("", include("quizzes.web.urls")),
]

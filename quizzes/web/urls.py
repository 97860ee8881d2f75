"""The site map, one list a page family."""

from django.urls import path

from quizzes.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
]

"""The site map, one list a page family."""

from django.urls import path

from quizzes.web import guests, health, review

# /review/
review_urls = [
    path("review/", review.review, name="review"),
    path("review/undo/", review.undo, name="undo"),
    path("review/set-aside/", review.set_aside, name="set-aside"),
]

# /accounts/, beside allauth's own
account_urls = [
    path("accounts/claim/", guests.claim, name="claim"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    *review_urls,
    *account_urls,
]

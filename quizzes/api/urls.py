"""The addresses of the API, one list a resource."""

from django.urls import path

from quizzes.api import accounts, books, docs, facts, queue, reviews

app_name = "api"

# /api/
about_urls = [
    path("schema/", docs.schema, name="schema"),
    path("docs/", docs.page, name="docs"),
]

# /api/v1/tokens/ /api/v1/me/
account_urls = [
    path("v1/tokens/", accounts.tokens, name="tokens"),
    path("v1/tokens/current/", accounts.current_token, name="current-token"),
    path("v1/me/", accounts.me, name="me"),
]

# /api/v1/books/<book>/
book_urls = [
    path("v1/books/", books.books, name="books"),
    path("v1/books/<slug:book>/", books.book, name="book"),
    path("v1/books/<slug:book>/facts/", facts.facts, name="facts"),
    path("v1/books/<slug:book>/facts/<slug:fact>/", facts.fact, name="fact"),
]

# /api/v1/review/ /api/v1/reviews/
review_urls = [
    path("v1/review/queue/", queue.queue, name="review-queue"),
    path("v1/review/counts/", queue.counts, name="review-counts"),
    path("v1/review/undo/", reviews.undo, name="undo"),
    path("v1/reviews/", reviews.reviews, name="reviews"),
]

urlpatterns = [*about_urls, *account_urls, *book_urls, *review_urls]

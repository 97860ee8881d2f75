"""The addresses of the API, one list a resource."""

from django.urls import path

from quizzes.api import (
    accounts,
    acts,
    assignments,
    attempts,
    books,
    checks,
    classes,
    docs,
    facts,
    progress,
    queue,
    quizzes,
    responses,
    results,
    reviews,
    tries,
)

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
    path("v1/review/acts/", acts.acts, name="acts"),
    path("v1/review/undo/", acts.undo, name="undo"),
    path("v1/review/check/", checks.check, name="review-check"),
    path("v1/reviews/", reviews.reviews, name="reviews"),
]

# /api/v1/quizzes/ /api/v1/assignments/ /api/v1/attempts/
quiz_urls = [
    path("v1/quizzes/", quizzes.quizzes, name="quizzes"),
    path("v1/quizzes/<uuid:quiz>/", quizzes.quiz, name="quiz"),
    path("v1/quizzes/<uuid:quiz>/attempts/", quizzes.attempts, name="start-attempt"),
    path("v1/assignments/", assignments.assignments, name="assignments"),
    path("v1/assignments/<uuid:assignment>/attempts/", assignments.attempts, name="sit"),
    path("v1/attempts/", attempts.attempts, name="attempts"),
    path("v1/attempts/<uuid:attempt>/", attempts.attempt, name="attempt"),
    path("v1/attempts/<uuid:attempt>/responses/", responses.responses, name="responses"),
    path("v1/attempts/<uuid:attempt>/flags/", responses.flags, name="flags"),
    path("v1/attempts/<uuid:attempt>/check/", tries.check, name="check"),
    path("v1/attempts/<uuid:attempt>/hint/", tries.hint, name="hint"),
    path("v1/attempts/<uuid:attempt>/hand-in/", attempts.hand_in, name="hand-in"),
    path("v1/attempts/<uuid:attempt>/result/", results.result, name="result"),
]

# /api/v1/progress/
progress_urls = [
    path("v1/progress/", progress.progress, name="progress"),
]

# /api/v1/classes/<class>/
_class = "v1/classes/<uuid:classroom>/"
class_urls = [
    path("v1/classes/", classes.classes, name="classes"),
    path(f"{_class}students/", classes.students, name="class-students"),
    path(f"{_class}assignments/", classes.assignments, name="class-assignments"),
    path(f"{_class}gradebook/", classes.gradebook, name="class-gradebook"),
]

urlpatterns = [
    *about_urls,
    *account_urls,
    *book_urls,
    *review_urls,
    *quiz_urls,
    *progress_urls,
    *class_urls,
]

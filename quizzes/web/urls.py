"""The site map, one list a page family."""

from django.urls import path

from quizzes.web import (
    assignments,
    attempts,
    books,
    browser,
    calendars,
    cards,
    catching_up,
    devices,
    erasing,
    explore,
    guests,
    health,
    keyboard,
    knowledge,
    landing,
    letters,
    media,
    memory,
    mine,
    own_books,
    own_cards,
    paste,
    plans,
    progress,
    progress_ahead,
    progress_memory,
    progress_quizzes,
    quizzes,
    results,
    review,
    settings,
    status,
    today,
)
from quizzes.web.account_urls import account_urls
from quizzes.web.teaching_urls import teaching_urls

# /
study_urls = [
    path("", landing.landing, name="landing"),
    path("today/", today.today, name="today"),
    path("today/catch-up/", catching_up.catch_up, name="catch-up"),
    path("progress/", progress.progress, name="progress"),
    path("progress/memory/", progress_memory.progress_memory, name="progress-memory"),
    path("progress/quizzes/", progress_quizzes.progress_quizzes, name="progress-quizzes"),
    path("progress/ahead/", progress_ahead.progress_ahead, name="progress-ahead"),
    path("settings/", settings.settings, name="settings"),
    path("settings/keyboard/", keyboard.keyboard, name="keyboard"),
    path("settings/week/", settings.week, name="week"),
    path("settings/days-off/", settings.days_off, name="days-off"),
    path("settings/erase/", erasing.erase_me, name="erase-me"),
    path("plan/<slug:slug>/", plans.plan, name="plan"),
    path("plan/<slug:slug>/exam/", plans.exam, name="exam"),
]

# /progress/map/
map_urls = [
    path("progress/map/", knowledge.knowledge_map, name="knowledge-map"),
    path("progress/map/facts/", knowledge.facts, name="knowledge-facts"),
    path("progress/map/facts/<slug:book>/<slug:slug>/", knowledge.history, name="fact-history"),
]

# /settings/memory/
memory_urls = [
    path("settings/memory/", memory.memory, name="memory"),
    path("settings/memory/fit/", memory.fit, name="fit-weights"),
    path("settings/memory/published/", memory.weights, name="published-weights"),
    path("settings/memory/<int:number>/", memory.weights, name="weights"),
]

# /settings/data/
data_urls = [
    path("settings/data/", mine.data, name="my-data"),
    path("settings/data/exports/<uuid:uid>/", mine.export, name="my-export"),
    path("settings/data/exports/<uuid:uid>/file/", mine.file, name="my-export-file"),
]

# /review/
review_urls = [
    path("review/", review.review, name="review"),
    path("review/undo/", review.undo, name="undo"),
    path("review/ahead/", review.ahead, name="review-ahead"),
    path("review/act/", review.act, name="act"),
]

# /cards/
card_urls = [
    path("cards/", browser.browser, name="browser"),
    path("cards/<uuid:uid>/", cards.card, name="card"),
    path("cards/<uuid:uid>/edit/", own_cards.edit_card, name="edit-card"),
    path("cards/<uuid:uid>/copy/", own_cards.copy_card, name="copy-card"),
    path("cards/<uuid:uid>/report/", cards.report, name="report"),
]

# /quizzes/ /attempts/ /assignments/
quiz_urls = [
    path("quizzes/", quizzes.quizzes, name="quizzes"),
    path("quizzes/<uuid:uid>/", quizzes.quiz, name="quiz"),
    path("attempts/<uuid:uid>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:uid>/check/", attempts.check, name="check"),
    path("attempts/<uuid:uid>/seen/", attempts.seen, name="attempt-seen"),
    path("attempts/<uuid:uid>/result/", results.result, name="result"),
    path(
        "attempts/<uuid:uid>/questions/<int:position>/report/",
        results.report,
        name="report-question",
    ),
    path("assignments/<uuid:uid>/", assignments.assignment, name="assignment"),
]

# /books/
book_urls = [
    path("books/", books.books, name="books"),
    path("books/<slug:slug>/", books.book, name="book"),
    path("books/<slug:slug>/study/", books.study, name="study"),
    path("books/<slug:book>/chapters/<slug:slug>/", books.chapter, name="chapter"),
    path("books/<slug:book>/facts/<slug:slug>/", books.fact, name="fact"),
]

# /books/<book>/ in other ways, /search/
explore_urls = [
    path("books/<slug:book>/people/", explore.people, name="people"),
    path("books/<slug:book>/timeline/", explore.timeline, name="timeline"),
    path("books/<slug:book>/arguments/", explore.arguments, name="arguments"),
    path("books/<slug:book>/terms/", explore.terms, name="terms"),
    path("search/", explore.search, name="search"),
]

# /own/
own_urls = [
    path("own/", own_books.own_books, name="own-books"),
    path("own/<uuid:uid>/", own_books.own_book, name="own-book"),
    path("own/<uuid:uid>/delete/", own_books.delete_book, name="delete-book"),
    path("own/<uuid:uid>/chapters/", own_books.add_chapter, name="add-chapter"),
    path("own/<uuid:uid>/chapters/<slug:slug>/", own_books.own_chapter, name="own-chapter"),
    path(
        "own/<uuid:uid>/chapters/<slug:slug>/remove/",
        own_books.remove_chapter,
        name="remove-chapter",
    ),
    path("own/<uuid:uid>/cards/", own_cards.add_card, name="add-card"),
    path("own/<uuid:uid>/paste/", paste.paste, name="paste"),
    path("media/<uuid:uid>/", media.picture, name="picture"),
]

# /accounts/, beside allauth's own
guest_urls = [
    path("accounts/claim/", guests.claim, name="claim"),
]

# /status/
status_urls = [
    path("status/", status.status, name="status"),
    path("status/jobs/<uuid:number>/", status.failed_job, name="failed-job"),
]

# by a key in place of signing in
keyed_urls = [
    path("calendar/<uuid:key>.ics", calendars.calendar, name="calendar"),
    path("letters/<str:token>/stop/", letters.stop, name="stop-letters"),
]

# the site as an app
device_urls = [
    path("sw.js", devices.worker, name="worker"),
    path("manifest.webmanifest", devices.manifest, name="manifest"),
    path("offline/", devices.offline, name="offline"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    *study_urls,
    *map_urls,
    *memory_urls,
    *data_urls,
    *review_urls,
    *card_urls,
    *quiz_urls,
    *teaching_urls,
    *book_urls,
    *explore_urls,
    *own_urls,
    *account_urls,
    *guest_urls,
    *status_urls,
    *keyed_urls,
    *device_urls,
]

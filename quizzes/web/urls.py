"""The site map, one list a page family."""

from django.urls import path

from quizzes.web import (
    assignments,
    attempts,
    books,
    browser,
    builder,
    builder_pages,
    builder_picking,
    cards,
    catching_up,
    class_assignments,
    class_cards,
    classes,
    devices,
    essays,
    explore,
    extensions,
    giving,
    gradebook,
    gradebook_cells,
    guests,
    health,
    keyboard,
    landing,
    media,
    memory,
    own_books,
    own_cards,
    own_marks,
    paste,
    plans,
    printing,
    progress,
    quizzes,
    results,
    review,
    settings,
    today,
)

# /
study_urls = [
    path("", landing.landing, name="landing"),
    path("today/", today.today, name="today"),
    path("today/catch-up/", catching_up.catch_up, name="catch-up"),
    path("progress/", progress.progress, name="progress"),
    path("settings/", settings.settings, name="settings"),
    path("settings/keyboard/", keyboard.keyboard, name="keyboard"),
    path("settings/week/", settings.week, name="week"),
    path("settings/days-off/", settings.days_off, name="days-off"),
    path("plan/<slug:slug>/", plans.plan, name="plan"),
    path("plan/<slug:slug>/exam/", plans.exam, name="exam"),
]

# /settings/memory/
memory_urls = [
    path("settings/memory/", memory.memory, name="memory"),
    path("settings/memory/fit/", memory.fit, name="fit-weights"),
    path("settings/memory/published/", memory.weights, name="published-weights"),
    path("settings/memory/<int:number>/", memory.weights, name="weights"),
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
    path("attempts/<uuid:uid>/result/", results.result, name="result"),
    path(
        "attempts/<uuid:uid>/questions/<int:position>/report/",
        results.report,
        name="report-question",
    ),
    path("assignments/<uuid:uid>/", assignments.assignment, name="assignment"),
]

# /classes/
class_urls = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<uuid:uid>/", classes.classroom, name="classroom"),
    path(
        "classes/<uuid:uid>/students/<int:number>/",
        class_assignments.accommodation,
        name="accommodation",
    ),
]

# /classes/<class>/assignments/
_given = "classes/<uuid:uid>/assignments/"
_one = f"{_given}<uuid:assignment>/"
giving_urls = [
    path(f"{_given}new/", giving.offer, name="give-offer"),
    path(f"{_given}new/<uuid:quiz>/", giving.give, name="give"),
    path(_one, class_assignments.assignment, name="class-assignment"),
    path(f"{_one}change/", giving.change, name="change-assignment"),
    path(f"{_one}withdraw/", giving.withdraw, name="withdraw-assignment"),
    path(f"{_one}release/", class_assignments.release, name="release-assignment"),
    path(f"{_one}essays/", essays.essays, name="essays"),
    path(f"{_one}essays/<int:number>/", essays.essay, name="essay"),
    path(f"{_one}extensions/", extensions.extensions, name="extensions"),
    path(f"{_one}extensions/<int:number>/", extensions.extend, name="extend"),
    path(f"{_one}preview/", printing.preview, name="preview"),
    path(f"{_one}print/<slug:version>/", printing.sheet, name="print-sheet"),
    path(f"{_one}print/<slug:version>/key/", printing.key, name="print-key"),
]

# /classes/<class>/gradebook/ and marks/
_marks = "classes/<uuid:uid>/gradebook/"
mark_urls = [
    path(_marks, gradebook.gradebook, name="gradebook"),
    path(f"{_marks}csv/", gradebook.as_csv, name="gradebook-csv"),
    path(f"{_marks}xlsx/", gradebook.as_xlsx, name="gradebook-xlsx"),
    path(f"{_marks}<int:place>/<uuid:assignment>/", gradebook_cells.cell, name="gradebook-cell"),
    path("classes/<uuid:uid>/marks/", own_marks.own_marks, name="own-marks"),
]

# /bank/<book>/quizzes/ /bank/quizzes/<quiz>/
_quiz = "bank/quizzes/<uuid:uid>/"
builder_urls = [
    path("bank/<slug:book>/quizzes/", builder.own_quizzes, name="own-quizzes"),
    path(_quiz, builder.build, name="build-quiz"),
    path(f"{_quiz}pick/", builder_picking.pick, name="pick-questions"),
    path(f"{_quiz}settings/", builder_pages.settings, name="quiz-settings"),
    path(f"{_quiz}publish/", builder_pages.publish, name="publish-quiz"),
    path(f"{_quiz}give/", builder_pages.give, name="give-quiz"),
    path(f"{_quiz}preview/", builder_pages.preview, name="preview-quiz"),
    path(f"{_quiz}duplicate/", builder_pages.duplicate, name="duplicate-quiz"),
    path(f"{_quiz}retire/", builder_pages.retire, name="retire-quiz"),
    path(f"{_quiz}delete/", builder_pages.discard, name="delete-quiz"),
]

# /classes/<class>/cards/
_cards = "classes/<uuid:uid>/cards/"
class_card_urls = [
    path(_cards, class_cards.class_cards, name="class-cards"),
    path(f"{_cards}new/", class_cards.assign_cards, name="assign-cards"),
    path(f"{_cards}<uuid:cards>/", class_cards.card_assignment, name="card-assignment"),
    path(f"{_cards}<uuid:cards>/withdraw/", class_cards.withdraw_cards, name="withdraw-cards"),
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
    path("books/<slug:book>/coverage/", explore.coverage, name="coverage"),
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
account_urls = [
    path("accounts/claim/", guests.claim, name="claim"),
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
    *memory_urls,
    *review_urls,
    *card_urls,
    *quiz_urls,
    *class_urls,
    *giving_urls,
    *mark_urls,
    *builder_urls,
    *class_card_urls,
    *book_urls,
    *explore_urls,
    *own_urls,
    *account_urls,
    *device_urls,
]

"""The site map, one list a page family."""

from django.urls import path

from quizzes.web import (
    announcements,
    assignments,
    attempts,
    books,
    browser,
    cards,
    catching_up,
    class_assignments,
    classes,
    devices,
    doors,
    essays,
    explore,
    giving,
    guests,
    health,
    invitations,
    joining,
    keyboard,
    landing,
    media,
    members,
    memory,
    notices,
    own_books,
    own_cards,
    paste,
    plans,
    printing,
    progress,
    quizzes,
    results,
    review,
    rooms,
    rosters,
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
    path("classes/new/", rooms.open_class, name="open-class"),
    path("classes/<uuid:uid>/", classes.classroom, name="classroom"),
    path("classes/<uuid:uid>/progress/", classes.progress, name="class-progress"),
    path("classes/<uuid:uid>/forecast/", classes.forecast, name="class-forecast"),
    path(
        "classes/<uuid:uid>/students/<int:number>/",
        class_assignments.accommodation,
        name="accommodation",
    ),
]

# /classes/<class>/ : its people and its settings; /join/, /invitations/, /notices/
_class = "classes/<uuid:uid>/"
_member = f"{_class}people/<int:number>/"
people_urls = [
    path(f"{_class}people/", members.people, name="class-people"),
    path(_member, members.member, name="class-member"),
    path(f"{_member}role/", members.change_role, name="change-role"),
    path(f"{_member}remove/", members.remove, name="remove-member"),
    path(f"{_member}return/", members.take_back, name="take-back"),
    path(f"{_class}roster/", rosters.roster, name="roster"),
    path(f"{_class}slips/", rosters.slips, name="slips"),
    path(f"{_class}invitations/", invitations.invitations, name="invitations"),
    path(
        f"{_class}invitations/<int:number>/withdraw/",
        invitations.withdraw,
        name="withdraw-invitation",
    ),
    path(f"{_class}announcements/", announcements.announcements, name="announcements"),
    path(
        f"{_class}announcements/<uuid:announcement>/withdraw/",
        announcements.withdraw,
        name="withdraw-announcement",
    ),
    path(f"{_class}settings/", rooms.settings, name="class-settings"),
    path(f"{_class}code/", doors.code, name="join-code"),
    path(f"{_class}archive/", rooms.archive, name="archive-class"),
    path(f"{_class}copy/", rooms.copy, name="copy-class"),
    path(f"{_class}hand-over/", members.hand_over, name="hand-over"),
    path(f"{_class}leave/", members.leave, name="leave-class"),
    path(f"{_class}audit/", rooms.audit, name="class-audit"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_class, name="join-class"),
    path("invitations/<str:secret>/", joining.invitation, name="invitation"),
    path("notices/", notices.notices, name="notices"),
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
    path(f"{_one}preview/", printing.preview, name="preview"),
    path(f"{_one}print/<slug:version>/", printing.sheet, name="print-sheet"),
    path(f"{_one}print/<slug:version>/key/", printing.key, name="print-key"),
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
    *people_urls,
    *giving_urls,
    *book_urls,
    *explore_urls,
    *own_urls,
    *account_urls,
    *device_urls,
]

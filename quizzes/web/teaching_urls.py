"""The site map of those who teach and write, and of those whom they teach."""

from django.urls import path

from quizzes.web import (
    analysis,
    announcements,
    assignment_live,
    bank,
    builder,
    builder_pages,
    builder_picking,
    class_assignments,
    class_cards,
    class_data,
    class_progress,
    class_weeks,
    classes,
    doors,
    editor,
    editor_versions,
    essays,
    explore,
    extensions,
    giving,
    gradebook,
    gradebook_cells,
    invitations,
    items,
    joining,
    members,
    notices,
    own_marks,
    packs,
    papers,
    printing,
    regrading,
    reports,
    rooms,
    rosters,
    slips,
)

# /classes/
class_urls = [
    path("classes/", classes.classes, name="classes"),
    path("classes/new/", rooms.open_class, name="open-class"),
    path("classes/<uuid:uid>/", classes.classroom, name="classroom"),
    path("classes/<uuid:uid>/progress/", class_progress.students, name="class-progress"),
    path("classes/<uuid:uid>/progress/chapters/", class_progress.chapters, name="class-chapters"),
    path("classes/<uuid:uid>/progress/weeks/", class_weeks.weeks, name="class-weeks"),
    path("classes/<uuid:uid>/progress/<int:number>/", class_weeks.student, name="class-student"),
    path("classes/<uuid:uid>/data/", class_data.data, name="class-data"),
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
    path(f"{_member}number/", members.number, name="number-member"),
    path(f"{_member}remove/", members.remove, name="remove-member"),
    path(f"{_member}return/", members.take_back, name="take-back"),
    path(f"{_class}roster/", rosters.roster, name="roster"),
    path(f"{_class}slips/", slips.slips, name="slips"),
    path(f"{_class}invitations/", invitations.invitations, name="invitations"),
    path(
        f"{_class}invitations/<int:number>/withdraw/",
        invitations.withdraw,
        name="withdraw-invitation",
    ),
    path(f"{_class}announcements/", announcements.announcements, name="announcements"),
    path(
        f"{_class}announcements/<uuid:announcement>/edit/",
        announcements.edit,
        name="edit-announcement",
    ),
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
    path(f"{_one}live/", assignment_live.live, name="assignment-live"),
    path(f"{_one}change/", giving.change, name="change-assignment"),
    path(f"{_one}withdraw/", giving.withdraw, name="withdraw-assignment"),
    path(f"{_one}release/", class_assignments.release, name="release-assignment"),
    path(f"{_one}essays/", essays.essays, name="essays"),
    path(f"{_one}essays/<int:number>/", essays.essay, name="essay"),
    path(f"{_one}attempts/<uuid:attempt>/", papers.paper, name="paper"),
    path(f"{_one}regrades/", regrading.regrades, name="regrades"),
    path(f"{_one}regrades/new/<int:revision>/", regrading.new, name="new-regrade"),
    path(f"{_one}regrades/<uuid:regrade>/", regrading.regrade, name="regrade"),
    path(f"{_one}extensions/", extensions.extensions, name="extensions"),
    path(f"{_one}extensions/<int:number>/", extensions.extend, name="extend"),
    path(f"{_one}preview/", printing.preview, name="preview"),
    path(f"{_one}print/<slug:version>/", printing.sheet, name="print-sheet"),
    path(f"{_one}print/<slug:version>/key/", printing.key, name="print-key"),
    path(f"{_one}analysis/", analysis.assignment, name="item-analysis"),
    path(f"{_one}analysis/table.csv", analysis.assignment_table, name="item-analysis-table"),
    path("bank/quizzes/<uuid:uid>/analysis/", analysis.quiz, name="quiz-analysis"),
    path(
        "bank/quizzes/<uuid:uid>/analysis/table.csv",
        analysis.quiz_table,
        name="quiz-analysis-table",
    ),
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

# /classes/<class>/cards/
_cards = "classes/<uuid:uid>/cards/"
class_card_urls = [
    path(_cards, class_cards.class_cards, name="class-cards"),
    path(f"{_cards}new/", class_cards.assign_cards, name="assign-cards"),
    path(f"{_cards}<uuid:cards>/", class_cards.card_assignment, name="card-assignment"),
    path(f"{_cards}<uuid:cards>/withdraw/", class_cards.withdraw_cards, name="withdraw-cards"),
]

# /reports/
report_urls = [
    path("reports/", reports.reports, name="reports"),
    path("classes/<uuid:uid>/reports/", reports.class_reports, name="class-reports"),
]

# /bank/
bank_urls = [
    path("bank/", bank.shelf, name="banks"),
    path("bank/items/<uuid:uid>/", items.item, name="bank-item"),
    path("bank/items/<uuid:uid>/preview/", items.preview, name="preview-item"),
    path("bank/items/<uuid:uid>/drop/", items.drop, name="drop-item"),
    path("bank/<slug:book>/", bank.bank, name="bank"),
    path("bank/<slug:book>/coverage/", explore.coverage, name="coverage"),
    path("bank/<slug:book>/reports/", reports.bank_reports, name="bank-reports"),
]

# /bank/<book>/new/, /bank/items/<item>/
editor_urls = [
    path("bank/<slug:book>/new/", editor.new_item, name="new-item"),
    path("bank/<slug:book>/manuscripts/", editor_versions.manuscripts, name="manuscripts"),
    path(
        "bank/manuscripts/<uuid:uid>/discard/",
        editor_versions.discard_manuscript,
        name="discard-manuscript",
    ),
    path("bank/items/<uuid:uid>/edit/", editor.edit_item, name="edit-item"),
    path("bank/items/<uuid:uid>/adapt/", editor_versions.adapt_item, name="adapt-item"),
    path(
        "bank/items/<uuid:uid>/versions/<int:number>/",
        editor_versions.item_version,
        name="item-version",
    ),
    path(
        "bank/items/<uuid:uid>/versions/<int:number>/restore/",
        editor_versions.restore_item,
        name="restore-item",
    ),
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

# /bank/<book>/packs/
_packs = "bank/<slug:book>/packs/"
pack_urls = [
    path(_packs, packs.packs, name="packs"),
    path(f"{_packs}upload/", packs.upload, name="upload-pack"),
    path(f"{_packs}export/", packs.export, name="export-pack"),
    path(f"{_packs}export/zip/", packs.download, name="download-pack"),
    path(f"{_packs}<uuid:uid>/", packs.preview, name="pack-preview"),
    path(f"{_packs}<uuid:uid>/load/", packs.load, name="load-pack-copy"),
    path(f"{_packs}<uuid:uid>/undo/", packs.undo, name="undo-pack"),
]

teaching_urls = [
    *class_urls,
    *people_urls,
    *giving_urls,
    *mark_urls,
    *class_card_urls,
    *report_urls,
    *bank_urls,
    *editor_urls,
    *builder_urls,
    *pack_urls,
]

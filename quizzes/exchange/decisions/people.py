"""Whose the tables of people and classes are."""

from django.utils.translation import gettext_lazy as _

from quizzes.exchange.decisions import (
    NO_PERSON,
    OF_THE_CLASS,
    OF_THE_STUDY,
    YOURSELF,
    Act,
    Fate,
    Named,
    Possession,
    words,
)

DECISIONS = (
    Possession(
        "quizzes.User",
        says=_("Your account: name, address and settings."),
        ways=("pk",),
        columns=words(
            "id last_login username first_name last_name email is_staff is_superuser is_active"
            " date_joined display_name time_zone day_rollover_hour week is_guest has_single_keys"
            " theme reminds_of_cards reminds_of_closings reminds_of_results reminder_hour"
            " erasure_asked_at erased_at issued_by"
        ),
        left_out={
            "password": _("It opens the account; only a digest of it is kept."),
            "calendar_key": _("It opens the calendar."),
        },
        along=words("issued_by__name"),
        fate=Fate(
            Act.BLANK,
            _("The row stays, so that the marks of a class still belong to one student."),
            words(
                "password username first_name last_name email display_name calendar_key last_login"
                " is_staff is_superuser time_zone day_rollover_hour week theme has_single_keys"
                " reminds_of_cards reminds_of_closings reminds_of_results reminder_hour issued_by"
            ),
        ),
        texts=words("username first_name last_name email display_name"),
    ),
    Possession(
        "quizzes.User_groups",
        says=_("The groups of the back office that you are in."),
        ways=("user",),
        columns=words("id group"),
        left_out={"user": YOURSELF},
        along=words("group__name"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.User_user_permissions",
        says=_("What you may do in the back office."),
        ways=("user",),
        columns=words("id permission"),
        left_out={"user": YOURSELF},
        along=words("permission__codename"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Shortcut",
        says=_("The keys that you chose for the study screen."),
        ways=("user",),
        columns=words("id act key"),
        left_out={"user": YOURSELF},
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Classroom",
        says=_("The classes that you are in, or were."),
        ways=("enrollments__user",),
        columns=words("id uid book name time_zone created_at archived_at exam_on"),
        left_out={
            "join_code": _("It lets people in; it is for those who teach the class."),
            "join_opens_at": _("It is for those who teach the class."),
            "join_closes_at": _("It is for those who teach the class."),
        },
        along=words("book__title"),
        fate=Fate(Act.NOTHING, _("A class is not one person's.")),
        texts=("name",),
    ),
    Possession(
        "quizzes.Enrollment",
        says=_("Your place in each class, with your student number and the time you are given."),
        ways=("user",),
        columns=words(
            "id classroom role time_percent extra_days has_no_limit student_number joined_at"
        ),
        left_out={"user": YOURSELF},
        along=words("classroom__name"),
        fate=Fate(
            Act.BLANK,
            _(
                "The place stays as a former one, so that marks have a line; what was granted"
                " goes, and the student number."
            ),
            words("role time_percent extra_days has_no_limit student_number"),
        ),
    ),
    Possession(
        "quizzes.Invitation",
        says=_("The invitations to classes that you took up."),
        ways=("accepted_by",),
        columns=words(
            "id classroom email name student_number role created_at expires_at withdrawn_at"
            " accepted_at"
        ),
        left_out={
            "secret": _("Whoever holds it may take the invitation up."),
            "made_by": _("It names somebody else."),
            "accepted_by": YOURSELF,
        },
        names={"made_by": Named(_("Invitations that you made are other people's."), OF_THE_CLASS)},
        along=words("classroom__name"),
        fate=Fate(Act.DELETE, _("It was used, and it holds a name and an address.")),
        texts=words("email name"),
    ),
    Possession(
        "quizzes.Notice",
        says=_("What the site told you."),
        ways=("user",),
        columns=words("id text link created_at read_at"),
        left_out={"user": YOURSELF},
        fate=OF_THE_STUDY,
        texts=("text",),
    ),
    Possession(
        "quizzes.Announcement",
        says=_("What you told your classes."),
        ways=("author",),
        columns=words("id uid classroom title text created_at edited_at withdrawn_at"),
        left_out={"author": YOURSELF, "edited_by": _("It may name somebody else.")},
        names={"edited_by": Named(_("It is the announcement of whoever made it."), OF_THE_CLASS)},
        along=words("classroom__name"),
        fate=OF_THE_CLASS,
        texts=words("title text"),
    ),
    Possession(
        "quizzes.AuditLine",
        says=_("What you did that others rely on, without the words that may name them."),
        ways=("actor",),
        columns=words("id classroom about act done_at"),
        left_out={
            "actor": YOURSELF,
            "text": _("It may name others; those who teach the class read it there."),
        },
        along=words("classroom__name"),
        fate=OF_THE_CLASS,
        texts=("text",),
    ),
    Possession(
        "quizzes.Reminder",
        says=_("The letters that you wished for and were sent."),
        ways=("user",),
        columns=words("id kind about sent_at"),
        left_out={"user": YOURSELF},
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Export",
        says=_("What you asked to take away."),
        ways=("owner",),
        columns=words("id uid kind classroom asked_at expires_at"),
        left_out={
            "owner": YOURSELF,
            "rows_written": _("It changes while this file is written."),
            "rows_expected": _("It changes while this file is written."),
            "finished_at": _("It is not known while this file is written."),
            "size": _("It is not known while this file is written."),
        },
        along=words("classroom__name"),
        fate=Fate(Act.DELETE, _("The files go too.")),
    ),
    Possession(
        "quizzes.Worker",
        says=_("A process of the site's, and no person's."),
        held=words("id name started_at seen_at"),
        fate=NO_PERSON,
    ),
    Possession(
        "quizzes.Periodic",
        says=_("A job of the site's, and no person's."),
        held=words("id name due_at enqueued_at"),
        fate=NO_PERSON,
    ),
)

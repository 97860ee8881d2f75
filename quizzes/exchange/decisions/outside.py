"""Whose the tables of other apps are: sign-in, the back office, sessions and jobs."""

from django.utils.translation import gettext_lazy as _

from quizzes.exchange.decisions import (
    NO_PERSON,
    OF_THE_CLASS,
    YOURSELF,
    Act,
    Fate,
    Possession,
    words,
)

_SIGNED_IN = Fate(Act.DELETE, _("It lets somebody in who is no longer there."))

DECISIONS = (
    Possession(
        "account.EmailAddress",
        says=_("Your e-mail addresses."),
        ways=("user",),
        columns=words("id email verified primary"),
        left_out={"user": YOURSELF},
        fate=Fate(Act.DELETE, _("It tells who it was.")),
        texts=("email",),
    ),
    Possession(
        "account.EmailConfirmation",
        says=_("When you were asked to confirm an address."),
        ways=("email_address__user",),
        columns=words("id email_address created sent"),
        left_out={"key": _("Whoever holds it confirms the address.")},
        fate=_SIGNED_IN,
    ),
    Possession(
        "mfa.Authenticator",
        says=_("Your second steps of signing in, without their secrets."),
        ways=("user",),
        columns=words("id type created_at last_used_at"),
        left_out={"user": YOURSELF, "data": _("The secret itself.")},
        fate=_SIGNED_IN,
    ),
    Possession(
        "usersessions.UserSession",
        says=_("Where you are signed in: since when, from which address, with which browser."),
        ways=("user",),
        columns=words("id created_at ip last_seen_at user_agent"),
        left_out={
            "user": YOURSELF,
            "session_key": _("Whoever holds it is signed in."),
            "data": _("It belongs to the site's workings; nothing of you is kept in it."),
        },
        fate=_SIGNED_IN,
    ),
    Possession(
        "authtoken.Token",
        says=_("When you were given a token for the API."),
        ways=("user",),
        columns=("created",),
        left_out={"user": YOURSELF, "key": _("Whoever holds it is you, to the API.")},
        fate=_SIGNED_IN,
    ),
    Possession(
        "sessions.Session",
        says=_(
            "Where you are signed in is a secret of your browsers; it tells nothing else of you."
            " `possessing.sessions` finds them."
        ),
        held=words("session_key session_data expire_date"),
        fate=_SIGNED_IN,
    ),
    Possession(
        "admin.LogEntry",
        says=_("What you did in the back office, without the words that may name others."),
        ways=("user",),
        columns=words("id action_time content_type action_flag"),
        left_out={
            "user": YOURSELF,
            "object_id": _("It may be of somebody else."),
            "object_repr": _("It may name somebody else."),
            "change_message": _("It may name somebody else."),
        },
        along=words("content_type__model"),
        fate=OF_THE_CLASS,
        texts=words("object_repr change_message"),
    ),
    Possession(
        "django_tasks_database.DBTaskResult",
        says=_(
            "What the machine was asked to do; what came of it is in the other tables."
            " `possessing.jobs` finds those that name a person."
        ),
        held=words(
            "id status enqueued_at started_at finished_at args_kwargs priority"
            " task_path worker_ids queue_name backend_name run_after return_value"
            " exception_class_path traceback"
        ),
        fate=Fate(
            Act.DELETE, _("A finished one tells nothing that is needed; one that waits is in vain.")
        ),
        texts=words("args_kwargs return_value traceback"),
    ),
    Possession(
        "auth.Group",
        says=_("Kinds of staff, and no person."),
        held=words("id name"),
        fate=NO_PERSON,
    ),
    Possession(
        "auth.Permission",
        says=_("What can be done, by nobody in particular."),
        held=words("id name content_type codename"),
        fate=NO_PERSON,
    ),
    Possession(
        "auth.Group_permissions",
        says=_("What kinds of staff may do."),
        held=words("id group permission"),
        fate=NO_PERSON,
    ),
    Possession(
        "contenttypes.ContentType",
        says=_("The names of tables."),
        held=words("id app_label model"),
        fate=NO_PERSON,
    ),
)

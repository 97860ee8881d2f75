"""Whose the tables of questions are: the owner's of their book, keys and all; else nobody's."""

from django.utils.translation import gettext_lazy as _

from quizzes.exchange.decisions import (
    OF_THE_BOOK,
    OF_THE_CLASS,
    OF_THE_STUDY,
    YOURSELF,
    Act,
    Fate,
    Guard,
    Named,
    Possession,
    words,
)

_OWNED = "revision__item__book__owner"

DECISIONS = (
    Possession(
        "quizzes.Item",
        says=_("The questions of your books."),
        ways=("book__owner", "owner"),
        columns=words(
            "id uid book section chapter slug position origin recipe direction subject state"
            " is_card is_question skill difficulty siblings adapted_from external_id revision"
        ),
        left_out={"owner": YOURSELF},
        fate=OF_THE_BOOK,
    ),
    Possession(
        "quizzes.ItemFact",
        says=_("The facts that they test."),
        ways=("item__book__owner",),
        columns=words("id item fact position"),
        fate=OF_THE_BOOK,
    ),
    Possession(
        "quizzes.Tag",
        says=_("The words that you filed them under."),
        ways=("item__book__owner",),
        columns=words("id item text"),
        fate=OF_THE_BOOK,
        texts=("text",),
    ),
    Possession(
        "quizzes.Revision",
        says=_("Every wording of your questions."),
        ways=("item__book__owner", "author"),
        columns=words(
            "id item number kind stem stem_html is_shuffled is_case_exact is_accent_exact change"
            " reason created_at"
        ),
        left_out={"author": _("It is yourself, or whoever kept the question before you.")},
        fate=OF_THE_BOOK,
        texts=words("stem stem_html reason"),
    ),
    Possession(
        "quizzes.Option",
        says=_("Their options."),
        ways=(_OWNED,),
        columns=words("id revision part position text"),
        fate=OF_THE_BOOK,
        texts=("text",),
    ),
    Possession(
        "quizzes.Key",
        says=_("What is right in your own questions, and why; of others' no key goes out."),
        ways=(_OWNED,),
        columns=words("revision answer answer_html rationale rationale_html hint"),
        guard=Guard.QUESTION,
        guarded_by="revision__item",
        fate=OF_THE_BOOK,
        texts=words("answer answer_html rationale rationale_html hint"),
    ),
    Possession(
        "quizzes.Criterion",
        says=_("The rubrics of your own essays."),
        ways=(_OWNED,),
        columns=words("id revision position text weight"),
        guard=Guard.QUESTION,
        guarded_by="revision__item",
        fate=OF_THE_BOOK,
        texts=("text",),
    ),
    Possession(
        "quizzes.Precedence",
        says=_("What comes before what in your own questions."),
        ways=(_OWNED,),
        columns=words("id revision earlier later"),
        guard=Guard.QUESTION,
        guarded_by="revision__item",
        fate=OF_THE_BOOK,
    ),
    Possession(
        "quizzes.OptionKey",
        says=_("What the options of your own questions earn."),
        ways=("option__revision__item__book__owner",),
        columns=words("option fraction rank match feedback fact"),
        guard=Guard.QUESTION,
        guarded_by="option__revision__item",
        fate=OF_THE_BOOK,
        texts=("feedback",),
    ),
    Possession(
        "quizzes.AcceptedAnswer",
        says=_("What is right when it is typed, in your own questions."),
        ways=(_OWNED,),
        columns=words(
            "id revision part position text number tolerance precision not_before not_after"
            " fraction case_rule bound feedback"
        ),
        guard=Guard.QUESTION,
        guarded_by="revision__item",
        fate=OF_THE_BOOK,
        texts=words("text feedback"),
    ),
    Possession(
        "quizzes.Manuscript",
        says=_("What you have typed into the editor and not saved."),
        ways=("author",),
        columns=words("id uid book item typed saved_at"),
        left_out={"author": YOURSELF},
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.ErrorReport",
        says=_("What you found wrong in questions, and what you were told of it."),
        ways=("learner",),
        columns=words("id item revision classroom text created_at resolved_at outcome answer"),
        left_out={"learner": YOURSELF, "answered_by": _("It names somebody else.")},
        names={
            "answered_by": Named(_("It is the report of whoever found the fault."), OF_THE_CLASS)
        },
        along=words("item__slug revision__stem"),
        fate=Fate(
            Act.KEEP, _("Others mend the question by it; its text is searched for the name.")
        ),
        texts=words("text answer"),
    ),
)

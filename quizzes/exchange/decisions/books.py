"""Whose the tables of books are: one's own book is its owner's, a pack's is nobody's."""

from django.utils.translation import gettext_lazy as _

from quizzes.exchange.decisions import OF_THE_BOOK, Act, Fate, Possession, Text, words

_DATED = "when_label precision part not_before not_after anchor offset edtf date_basis"


def _kept(model: str, says: Text, way: str, columns: str, texts: str = "") -> Possession:
    """A table of one's own books: all of it is its owner's, and goes with the book."""
    return Possession(
        model,
        says=says,
        fate=OF_THE_BOOK,
        ways=(way,),
        columns=words(columns),
        texts=words(texts),
    )


DECISIONS = (
    Possession(
        "quizzes.Book",
        says=_("The books that you keep."),
        ways=("owner",),
        columns=words(
            "id uid slug title description language licence about pack_version pack_hash"
        ),
        left_out={"owner": _("It is always yourself.")},
        fate=Fate(
            Act.DELETE,
            _(
                "A book of one's own goes, with all that is in it; one whose quizzes others have"
                " sat stays with them, under a name that tells nobody."
            ),
        ),
        texts=words("title description licence"),
    ),
    _kept(
        "quizzes.Chapter",
        _("The chapters of your books."),
        "book__owner",
        "id book number slug title first_page last_page outline",
        "title outline",
    ),
    _kept(
        "quizzes.Section",
        _("Their sections."),
        "book__owner",
        "id book chapter slug title position first_page last_page",
        "title",
    ),
    _kept("quizzes.Source", _("What they cite."), "book__owner", "id book slug title edition"),
    Possession(
        "quizzes.Media",
        says=_("Their pictures; the files are in the folder “pictures”."),
        ways=("book__owner",),
        columns=words("id uid book sha256 media_type size alt_text"),
        left_out={"file": _("Where the site keeps the picture; here it is named by its uid.")},
        fate=OF_THE_BOOK,
        texts=("alt_text",),
    ),
    Possession(
        "quizzes.PackCopy",
        says=_("The packs that you sent in."),
        ways=("by", "book__owner"),
        columns=words("id uid book name fingerprint created_at loaded_at taken_back_at"),
        left_out={"by": _("It is yourself, or whoever kept the book before you.")},
        fate=OF_THE_BOOK,
        texts=("name",),
    ),
    Possession(
        "quizzes.PackFile",
        says=_("Their files, as they came in."),
        ways=("copy__by", "copy__book__owner"),
        columns=words("id copy name text"),
        fate=OF_THE_BOOK,
        texts=("text",),
    ),
    _kept(
        "quizzes.Fact",
        _("The facts of your books."),
        "book__owner",
        "id book slug section chapter chapter_basis kind label summary is_core position retired_at",
    ),
    _kept(
        "quizzes.Alias",
        _("Other names of facts."),
        "fact__book__owner",
        "id fact position text scheme is_accepted",
    ),
    _kept(
        "quizzes.Citation",
        _("The pages on which facts stand."),
        "fact__book__owner",
        "id fact role evidence objection relation confusable aspect position source numbering"
        " first_page last_page basis reference notes anchors",
    ),
    _kept(
        "quizzes.Relation",
        _("How facts bear on one another."),
        "from_fact__book__owner",
        "id from_fact type to_fact asserted_by asserted_by_label position",
    ),
    _kept(
        "quizzes.Confusable",
        _("Facts that are mixed up."),
        "first__book__owner",
        "id first second tell",
    ),
    _kept(
        "quizzes.Figure",
        _("Who."),
        "fact__book__owner",
        "fact kind part sort_name fate fate_when",
    ),
    _kept(
        "quizzes.Role",
        _("The offices of figures."),
        "figure__fact__book__owner",
        f"id {_DATED} figure position text",
    ),
    _kept("quizzes.Place", _("Where."), "fact__book__owner", "fact kind"),
    _kept("quizzes.Event", _("When."), "fact__book__owner", f"{_DATED} fact status"),
    _kept(
        "quizzes.Event_places",
        _("Where events happened."),
        "event__fact__book__owner",
        "id event place",
    ),
    _kept(
        "quizzes.Participant",
        _("Who took part in events."),
        "event__fact__book__owner",
        "id event position agent label role",
    ),
    _kept("quizzes.Term", _("What words mean."), "fact__book__owner", "fact definition"),
    _kept(
        "quizzes.Quantity",
        _("How many."),
        "fact__book__owner",
        f"{_DATED} fact statement value bound lower upper unit population estimated_by"
        " estimated_by_label event",
    ),
    _kept(
        "quizzes.Argument",
        _("Who claims what."),
        "fact__book__owner",
        "fact statement scope kind hedge stance conceded variant_of",
    ),
    _kept(
        "quizzes.Holder",
        _("Who holds an argument."),
        "argument__fact__book__owner",
        f"id {_DATED} argument position figure label note mode",
    ),
    _kept(
        "quizzes.Evidence",
        _("On what ground."),
        "argument__fact__book__owner",
        "id argument position text",
    ),
    _kept(
        "quizzes.Evidence_facts",
        _("The facts that are grounds."),
        "evidence__argument__fact__book__owner",
        "id evidence fact",
    ),
    _kept(
        "quizzes.Objection",
        _("What stands against an argument."),
        "argument__fact__book__owner",
        "id argument position text raised_by raised_by_label",
    ),
    _kept(
        "quizzes.Objection_facts",
        _("The facts that stand against it."),
        "objection__argument__fact__book__owner",
        "id objection fact",
    ),
)

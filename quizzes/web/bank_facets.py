"""The facets of the question bank: each value's words, its count, and whether it is chosen."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Book
from quizzes.items.models import Item, Revision
from quizzes.web.builder_forms import FACT_KINDS

MOST_TAGS = 30
"""How many tags are offered; those that are chosen stand there in any case."""

type Words = str | Promise
type Labels = Mapping[str, Words]

FAMILIES: Mapping[str, Words] = {
    "state": _("State"),
    "needs": _("Needs attention"),
    "origin": _("Origin"),
    "whose": _("Whose"),
    "kind": _("Kind"),
    "about": _("About"),
    "skill": _("Skill"),
    "chapter": _("Chapter"),
    "section": _("Section"),
    "tag": _("Tag"),
    "used": _("Used in"),
    "facility": _("Correct at the first attempt"),
    "discrimination": _("Discrimination"),
}
WITH_KEYS = frozenset({"needs", "facility", "discrimination"})
"""The families that tell of a key or of answers, for those alone who may open the bank."""
SORTS: Mapping[str, Words] = {
    "place": _("As in the book"),
    "attention": _("Needs attention first"),
    "changed": _("Newest change first"),
    "difficult": _("Most difficult first"),
}
_STATIC: Mapping[str, Labels] = {
    "state": dict(Item.State.choices),
    "origin": dict(Item.Origin.choices),
    "whose": {
        "book": _("the book’s"),
        "mine": _("your own"),
        "classes": _("of your classes, by others"),
    },
    "kind": dict(Revision.Kind.choices),
    "about": dict(FACT_KINDS),
    "skill": dict(Item.Skill.choices),
    "used": {
        "asked": _("a quiz"),
        "drawn": _("a quiz that may draw it"),
        "nowhere": _("no quiz"),
    },
    "needs": {
        "report": _("reported by a student"),
        "explanation": _("no explanation"),
        "fact": _("written from no fact"),
    },
    "facility": {
        "hard": _("below 40%"),
        "middle": _("40 to 70%"),
        "easy": _("70 to 90%"),
        "very-easy": _("90% and more"),
        "few": _("too few answers"),
    },
    "discrimination": {
        "negative": _("below 0: look at the key"),
        "weak": _("0 to 0.2"),
        "good": _("0.2 and more"),
        "alike": _("all answered alike"),
        "few": _("too few answers"),
    },
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    value: str
    word: Words
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A family of values, of which any may be chosen."""

    name: str
    word: Words
    values: list[Value]

    @property
    def is_chosen(self) -> bool:
        return any(value.is_chosen for value in self.values)


def chosen(asked: QueryDict) -> dict[str, list[str]]:
    """What an address chooses of each family; what is retired only if asked for."""
    found = {name: asked.getlist(name) for name in FAMILIES}
    if not found["state"]:
        found["state"] = [Item.State.DRAFT, Item.State.READY]
    return found


def numbered(book: Book) -> list[tuple[int, str]]:
    """Its sections by their keys, with the numbers by which a blueprint names them; one query."""
    return [(one.pk, f"{number}. {one.title}") for number, one in book.numbered_sections()]


def facets(book: Book, counts: Mapping[str, Counter[str]], asked: QueryDict) -> list[Facet]:
    """Every family with the values that the bank has; two queries."""
    chapters = book.chapters.order_by("number")
    labels: dict[str, Labels] = {
        **_STATIC,
        "section": {str(pk): words for pk, words in numbered(book)},
        "chapter": {str(one.pk): one.title for one in chapters},
        "tag": _tags(counts["tag"], asked.getlist("tag")),
    }
    found = [_facet(name, labels[name], counts[name], asked.getlist(name)) for name in FAMILIES]
    return [facet for facet in found if facet.values]


def _tags(counts: Counter[str], chosen: Collection[str]) -> Labels:
    """The most common tags, by the alphabet."""
    common = {text for text, _count in counts.most_common(MOST_TAGS)}
    return {text: text for text in sorted(common | set(chosen), key=str.casefold)}


def _facet(name: str, labels: Labels, counts: Counter[str], chosen: Collection[str]) -> Facet:
    values = [
        Value(value, word, counts[value], value in chosen)
        for value, word in labels.items()
        if counts[value] or value in chosen
    ]
    return Facet(name, FAMILIES[name], values)

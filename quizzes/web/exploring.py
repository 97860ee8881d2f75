"""Ways through a book's facts: who, when, who claims what, what words mean, and a search."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Argument, Book, Fact, Figure, Participant, Role
from quizzes.content.models.facts import FactQuerySet
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.web.reading import OWN_PAGES, PAGES, argument_parts

MOST_FOUND = 60
LONGEST_SEARCH = 100

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Group:
    """Some facts under a heading."""

    title: Words
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Reading:
    """One column of the grid of arguments: whose view it is, and what they claim."""

    slug: str
    title: Words
    claims: list[Fact]


_PEOPLE: tuple[tuple[Words, str, str], ...] = (
    (_("Those who acted"), Figure.Kind.PERSON, Figure.Part.ACTOR),
    (_("Writers of the time"), Figure.Kind.PERSON, Figure.Part.CONTEMPORARY_WRITER),
    (_("Historians"), Figure.Kind.PERSON, Figure.Part.HISTORIAN),
    (_("The author"), Figure.Kind.PERSON, Figure.Part.AUTHOR),
    (_("Other people"), Figure.Kind.PERSON, ""),
    (_("Groups"), Figure.Kind.GROUP, ""),
    (_("Organizations"), Figure.Kind.ORGANIZATION, ""),
    (_("Without a name"), Figure.Kind.ANONYMOUS, ""),
)

READINGS: tuple[tuple[str, Words], ...] = (
    ("involved", _("Those involved")),
    ("contemporaries", _("Writers of the time")),
    ("historians", _("Historians")),
    ("book", _("This book")),
)

QUESTIONS: tuple[tuple[str, Words], ...] = (
    (Argument.Scope.PURGE, _("Why was the army purged?")),
    (Argument.Scope.TERROR, _("What was the Great Terror?")),
    (Argument.Scope.MASS_OPERATIONS, _("Why the mass operations?")),
    (Argument.Scope.HISTORIOGRAPHY, _("How has this history been written?")),
)


def people(book: Book) -> list[Group]:
    """Everybody whom the book names, by the part that they have; a fixed number of queries."""
    roles = Role.objects.prefetch_related(Prefetch("citations", PAGES))
    facts = _facts(book, Fact.Kind.FIGURE).select_related("figure").order_by("figure__sort_name")
    found = list(
        facts.prefetch_related(
            "aliases", Prefetch("figure__roles", roles.order_by("position", "pk"))
        )
    )
    groups = [
        Group(title, [fact for fact in found if _is_in(fact.figure, kind, part)])
        for title, kind, part in _PEOPLE
    ]
    return [group for group in groups if group.facts]


def timeline(book: Book, figure: str = "") -> list[Group]:
    """Events by the year in which they begin, those without a date last; of one figure if named."""
    shown = Participant.objects.select_related("agent__fact").order_by("position", "pk")
    events = _facts(book, Fact.Kind.EVENT).select_related("event__anchor__fact")
    if figure:
        events = events.filter(event__participants__agent__fact__slug=figure).distinct()
    ordered = events.order_by(
        F("event__not_before").asc(nulls_last=True), "event__not_after", "position", "pk"
    )
    years: dict[Words, list[Fact]] = {}
    for fact in ordered.prefetch_related(Prefetch("event__participants", shown)):
        day = fact.event.not_before
        years.setdefault(str(day.year) if day else _("Without a date"), []).append(fact)
    return [Group(title, facts) for title, facts in years.items()]


def participants(book: Book) -> QuerySet[Fact]:
    """The figures that took part in an event, by name; for a choice of whose events to show."""
    took_part = Participant.objects.filter(event__fact__book=book).values("agent")
    figures = Fact.objects.current().filter(book=book, figure__in=took_part)
    return figures.order_by("figure__sort_name", "pk")


def arguments(book: Book, scope: str) -> list[Reading]:
    """What is claimed on one question, by whose view it is; a fixed number of queries."""
    claims: dict[str, list[Fact]] = {slug: [] for slug, _title in READINGS}
    facts = _facts(book, Fact.Kind.ARGUMENT).filter(argument__scope=scope)
    for fact in facts.select_related("argument").prefetch_related(*argument_parts()).in_order():
        claims[_reading(fact.argument)].append(fact)
    return [Reading(slug, title, claims[slug]) for slug, title in READINGS]


def terms(book: Book) -> list[Group]:
    """The words that the book explains, by letter, with what they are not to be taken for."""
    facts = _facts(book, Fact.Kind.TERM).select_related("term").prefetch_related("aliases")
    letters: dict[Words, list[Fact]] = {}
    for fact in sorted(facts, key=lambda one: one.label.casefold()):
        letters.setdefault(fact.label[:1].upper(), []).append(fact)
    return [Group(letter, found) for letter, found in letters.items()]


def search(reader: User | None, text: str, book: Book | None = None) -> list[Fact]:
    """Facts that hold every word of a text in a name, an alias or what is said; names first.

    They are of any book that one may read, or of the one that is named.

    An apostrophe may be of any kind, or left out where an alias leaves it out.
    """
    words = text[:LONGEST_SEARCH].translate(_APOSTROPHES).split()
    if not words:
        return []
    wanted = reduce(and_, (_says(word) for word in words))
    named = reduce(and_, (_names(word) for word in words))
    ranked = Case(When(named, then=Value(0)), default=Value(1))
    facts = Fact.objects.visible_to(reader).current().filter(wanted)
    facts = facts.filter(book=book) if book else facts
    found = facts.annotate(rank=ranked).order_by("rank", "book", "section__position", "position")
    unique = dict.fromkeys(found.values_list("pk", flat=True)[: MOST_FOUND * 4])
    rows = (
        Fact.objects.filter(pk__in=list(unique)[:MOST_FOUND])
        .select_related("book", "section__chapter", "argument", "event", "term")
        .prefetch_related(Prefetch("citations", OWN_PAGES), "aliases")
        .in_bulk()
    )
    return [rows[pk] for pk in unique if pk in rows]


_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʹʼ`´", "'"))


def _names(word: str) -> Q:
    return Q(label__icontains=word) | Q(aliases__text__icontains=word)


def _says(word: str) -> Q:
    said = Q(summary__icontains=word) | Q(argument__statement__icontains=word)
    return _names(word) | said | Q(term__definition__icontains=word)


def _facts(book: Book, kind: str) -> FactQuerySet:
    """The facts of a kind with their pages, and how many cards and questions ask for each."""
    ready = Q(item_facts__item__state=Item.State.READY, item_facts__item__book=book)
    is_card, is_question = (
        Q(**{f"item_facts__item__{use}": True}) for use in ("is_card", "is_question")
    )
    return (
        Fact.objects.current()
        .filter(book=book, kind=kind)
        .select_related("section__chapter")
        .prefetch_related(Prefetch("citations", OWN_PAGES))
        .annotate(
            card_count=Count("item_facts", filter=ready & is_card),
            question_count=Count("item_facts", filter=ready & is_question),
        )
    )


def _is_in(figure: Figure, kind: str, part: str) -> bool:
    """Persons stand with their part; groups and organizations whatever theirs is."""
    return figure.kind == kind and (kind != Figure.Kind.PERSON or figure.part == part)


def _reading(argument: Argument) -> str:
    """Whose view an argument is: the first column that one of its holders stands in."""
    if argument.kind == Argument.Kind.OFFICIAL_CHARGE:
        return "involved"
    holders = list(argument.holders.all())
    parts = {holder.figure.part if holder.figure else "" for holder in holders}
    if not holders or Figure.Part.AUTHOR in parts:
        return "book"
    return _first_of(parts)


def _first_of(parts: Iterable[str]) -> str:
    columns = {
        Figure.Part.CONTEMPORARY_WRITER: "contemporaries",
        Figure.Part.ACTOR: "involved",
    }
    return next((columns[part] for part in columns if part in parts), "historians")

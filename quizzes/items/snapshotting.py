"""A book's facts as the plain values that recipes read, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from quizzes.content.models import (
    Alias,
    Book,
    Confusable,
    Evidence,
    Fact,
    Figure,
    Holder,
    Objection,
    Participant,
    Relation,
    Role,
)
from quizzes.content.models.details import Dated
from quizzes.items import snapshots
from quizzes.items.snapshots import (
    ArgumentFact,
    BookFacts,
    EventFact,
    FigureFact,
    HolderFact,
    QuantityFact,
    RoleText,
    TermFact,
    When,
)

_KIN = frozenset(
    {
        Relation.Type.BUILDS_ON,
        Relation.Type.SUPPORTS,
        Relation.Type.VERSION_OF,
        Relation.Type.PART_OF,
    }
)
_RIVAL = frozenset({Relation.Type.RIVAL_OF, Relation.Type.REJECTS, Relation.Type.UNDERMINES})
_GROUP = frozenset({Relation.Type.MEMBER_OF, Relation.Type.PART_OF})
_LATER = frozenset({Relation.Type.PRECEDES})
_ONE_WAY = _GROUP | _LATER


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts for recipes, and the rows behind them by slug, in the book's order."""

    facts: BookFacts
    rows: dict[str, Fact]


class Common(TypedDict):
    """What every kind of fact has."""

    slug: str
    label: str
    summary: str
    section: str
    chapter: str
    is_core: bool
    kin: frozenset[str]


def snapshot(book: Book) -> Snapshot:
    """The book's current facts; those that its pack no longer states are left out."""
    found = Fact.objects.filter(book=book).current().with_details().in_order()
    rows = list(found.select_related("quantity__estimated_by__fact", "argument__variant_of__fact"))
    beside = Beside(book)
    facts = BookFacts(
        figures=tuple(_figure(row, beside) for row in rows if row.kind == Fact.Kind.FIGURE),
        events=tuple(_event(row, beside) for row in rows if row.kind == Fact.Kind.EVENT),
        terms=tuple(_term(row, beside) for row in rows if row.kind == Fact.Kind.TERM),
        quantities=tuple(_quantity(row, beside) for row in rows if row.kind == Fact.Kind.QUANTITY),
        arguments=tuple(_argument(row, beside) for row in rows if row.kind == Fact.Kind.ARGUMENT),
        tells=beside.tells,
    )
    return Snapshot(facts, {row.slug: row for row in rows})


class Beside:
    """The rows beside the facts of one book, by fact, each table read once."""

    def __init__(self, book: Book) -> None:
        self.aliases = _grouped(
            (row.fact_id, row.text)
            for row in Alias.objects.filter(fact__book=book, is_accepted=True).order_by("position")
        )
        self.roles = _grouped(
            (row.figure_id, RoleText(text=row.text, when=row.when_label))
            for row in Role.objects.filter(figure__fact__book=book).order_by("position")
        )
        self.holders = _grouped(
            (row.argument_id, _holder(row))
            for row in Holder.objects.filter(argument__fact__book=book)
            .select_related("figure__fact")
            .order_by("position")
        )
        self.participants = _grouped(
            (row.event_id, snapshots.Participant(figure=row.agent.fact.slug, role=row.role))
            for row in Participant.objects.filter(event__fact__book=book, agent__isnull=False)
            .select_related("agent__fact")
            .order_by("position")
            if row.agent
        )
        self.evidence = _grouped(
            (row.argument_id, row.text)
            for row in Evidence.objects.filter(argument__fact__book=book).order_by("position")
        )
        self.objections = _grouped(
            (row.argument_id, row.text)
            for row in Objection.objects.filter(argument__fact__book=book).order_by("position")
        )
        self.supports = _named_by(Evidence, book)
        self.counters = _named_by(Objection, book)
        self.tells = _tells(book)
        self.relations = _relations(book)

    def related(self, fact: int, types: Iterable[str]) -> frozenset[str]:
        """Slugs of the facts that a fact is joined to by relations of these types."""
        return frozenset(slug for kind in types for slug in self.relations[fact, kind])


def _grouped[V](pairs: Iterable[tuple[int, V]]) -> dict[int, tuple[V, ...]]:
    found = defaultdict[int, list[V]](list)
    for key, value in pairs:
        found[key].append(value)
    return defaultdict(tuple, {key: tuple(values) for key, values in found.items()})


def _named_by(ground: type[Evidence | Objection], book: Book) -> dict[int, tuple[str, ...]]:
    """Slugs of the facts that the evidence for an argument names, or the objections to it."""
    rows = ground.objects.filter(argument__fact__book=book, facts__isnull=False)
    return _grouped(rows.order_by("pk").values_list("argument", "facts__slug"))


def _tells(book: Book) -> dict[tuple[str, str], str]:
    pairs = Confusable.objects.filter(first__book=book).select_related("first", "second")
    return {(pair.first.slug, pair.second.slug): pair.tell for pair in pairs}


def _relations(book: Book) -> dict[tuple[int, str], list[str]]:
    found = defaultdict[tuple[int, str], list[str]](list)
    rows = Relation.objects.filter(from_fact__book=book).select_related("from_fact", "to_fact")
    for row in rows.order_by("pk"):
        found[row.from_fact_id, row.type].append(row.to_fact.slug)
        if row.type not in _ONE_WAY:
            found[row.to_fact_id, row.type].append(row.from_fact.slug)
    return found


def _holder(row: Holder) -> HolderFact:
    figure = row.figure
    return HolderFact(
        name=figure.fact.label if figure else row.label,
        figure=figure.fact.slug if figure else "",
        mode=row.mode,
        is_author=figure is not None and figure.part == Figure.Part.AUTHOR,
        is_anonymous=figure is None or figure.kind == Figure.Kind.ANONYMOUS,
    )


def _common(row: Fact, beside: Beside) -> Common:
    return Common(
        slug=row.slug,
        label=row.label,
        summary=row.summary,
        section=row.section.slug,
        chapter=row.chapter.slug,
        is_core=row.is_core,
        kin=beside.related(row.pk, _KIN) | _general(row) | frozenset(beside.supports[row.pk]),
    )


def _general(row: Fact) -> frozenset[str]:
    """The argument that a row's argument is a version of."""
    general = row.argument.variant_of if row.kind == Fact.Kind.ARGUMENT else None
    return frozenset({general.fact.slug}) if general else frozenset()


def _when(dated: Dated) -> When:
    return When(
        label=dated.when_label,
        precision=dated.precision,
        part=dated.part,
        not_before=dated.not_before,
        not_after=dated.not_after,
    )


def _figure(row: Fact, beside: Beside) -> FigureFact:
    return FigureFact(
        **_common(row, beside),
        kind=row.figure.kind,
        part=row.figure.part,
        sort_name=row.figure.sort_name,
        aliases=beside.aliases[row.pk],
        roles=beside.roles[row.pk],
        groups=beside.related(row.pk, _GROUP),
    )


def _event(row: Fact, beside: Beside) -> EventFact:
    return EventFact(
        **_common(row, beside),
        when=_when(row.event),
        status=row.event.status,
        before=beside.related(row.pk, _LATER),
        participants=beside.participants[row.pk],
    )


def _term(row: Fact, beside: Beside) -> TermFact:
    return TermFact(
        **_common(row, beside), definition=row.term.definition, aliases=beside.aliases[row.pk]
    )


def _quantity(row: Fact, beside: Beside) -> QuantityFact:
    quantity = row.quantity
    estimator = quantity.estimated_by
    return QuantityFact(
        **_common(row, beside),
        statement=quantity.statement,
        value=quantity.value,
        bound=quantity.bound,
        lower=quantity.lower,
        upper=quantity.upper,
        unit=quantity.unit,
        population=quantity.population,
        period=quantity.when_label,
        estimated_by=estimator.fact.label if estimator else quantity.estimated_by_label,
    )


def _argument(row: Fact, beside: Beside) -> ArgumentFact:
    argument = row.argument
    return ArgumentFact(
        **_common(row, beside),
        statement=argument.statement,
        scope=argument.scope,
        kind=argument.kind,
        hedge=argument.hedge,
        stance=argument.stance,
        conceded=argument.conceded,
        holders=beside.holders[row.pk],
        evidence=beside.evidence[row.pk],
        objections=beside.objections[row.pk],
        rivals=beside.related(row.pk, _RIVAL) | frozenset(beside.counters[row.pk]),
        supporters=beside.related(row.pk, [Relation.Type.HOLDS]),
    )

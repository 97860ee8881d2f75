"""What hangs on a fact: rows beside it, some with rows of their own, compared as plain values.

A fact's twigs are replaced together when any of them differs, and left alone otherwise: nobody
but the fact points at them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Model

from quizzes.content.loading.upserting import values
from quizzes.content.models import (
    Alias,
    Book,
    Citation,
    Confusable,
    Event,
    Evidence,
    Holder,
    Objection,
    Participant,
    Relation,
    Role,
)

LINKS = ("role", "evidence", "objection", "relation", "confusable")
"""The rows beside a fact that a citation may support one of."""

BESIDE: tuple[tuple[type[Model], str], ...] = (
    (Alias, "fact"),
    (Role, "figure"),
    (Participant, "event"),
    (Event.places.through, "event"),
    (Holder, "argument"),
    (Evidence, "argument"),
    (Objection, "argument"),
    (Relation, "from_fact"),
    (Confusable, "first"),
)
"""The tables of twigs, each with the field by which a row hangs on its fact."""

FURTHER: tuple[tuple[type[Model], str], ...] = (
    (Evidence.facts.through, "evidence"),
    (Objection.facts.through, "objection"),
)
"""The tables of what hangs on a twig, citations apart."""


@dataclass
class Twig:
    """A row, the field by which it hangs on what is below, and what hangs on it in turn."""

    row: Model
    by: str
    twigs: list["Twig"] = field(default_factory=list)

    @property
    def said(self) -> Hashable:
        """All that it states, without the keys that only say where it hangs."""
        hanging = frozenset({f"{self.by}_id", *_hanging(self.row)})
        own = tuple(values(self.row, without=hanging).values())
        return type(self.row).__name__, own, frozenset(all_said(self.twigs).items())


def _hanging(row: Model) -> Iterable[str]:
    if isinstance(row, Citation):
        return ("fact_id", *(f"{link}_id" for link in LINKS))
    return ()


def all_said(twigs: Iterable[Twig]) -> Counter[Hashable]:
    """What some twigs state, in any order."""
    return Counter(twig.said for twig in twigs)


def standing(book: Book) -> Mapping[int, list[Twig]]:
    """The twigs of every fact of a book, by the fact's key, each table read once."""
    twigs: dict[tuple[type[Model], int], Twig] = {}
    facts: dict[int, list[Twig]] = defaultdict(list)
    for model, by in BESIDE:
        for row in _rows(model, by, book):
            twig = Twig(row, by)
            twigs[model, row.pk] = twig
            facts[getattr(row, f"{by}_id")].append(twig)
    for model, by in FURTHER:
        for row in _rows(model, by, book):
            below = model._meta.get_field(by).related_model
            twigs[below, getattr(row, f"{by}_id")].twigs.append(Twig(row, by))  # type: ignore[index]
    for citation in Citation.objects.filter(fact__book=book):
        link = next((link for link in LINKS if getattr(citation, f"{link}_id")), "fact")
        if link == "fact":
            facts[citation.fact_id].append(Twig(citation, link))
        else:
            below = Citation._meta.get_field(link).related_model
            key = (below, getattr(citation, f"{link}_id"))
            twigs[key].twigs.append(Twig(citation, link))  # type: ignore[index]
    return facts


def _rows(model: type[Model], by: str, book: Book) -> Iterable[Model]:
    return model._default_manager.filter(**{f"{_to_fact(model, by)}__book": book})


def _to_fact(model: type[Model], by: str) -> str:
    """The look-up from a row to the fact that it belongs to."""
    if by in {"fact", "from_fact", "first"}:
        return by
    return f"{by}__argument__fact" if by in {"evidence", "objection"} else f"{by}__fact"


def cut(facts: Collection[int]) -> None:
    """Delete all twigs of some facts, what hangs on them first."""
    Citation.objects.filter(fact__in=facts).delete()
    for model, by in (*FURTHER, *BESIDE):
        lookup = _to_fact(model, by)
        model._default_manager.filter(**{f"{lookup}__in": facts}).delete()


def part(facts: Collection[int]) -> None:
    """Take back what joins some facts to others: they are stated no more."""
    Citation.objects.filter(fact__in=facts, relation__isnull=False).delete()
    Citation.objects.filter(fact__in=facts, confusable__isnull=False).delete()
    Relation.objects.filter(from_fact__in=facts).delete()
    Confusable.objects.filter(first__in=facts).delete()


def plant(twigs: Iterable[Twig]) -> None:
    """Write new twigs, then what hangs on them; each table in one statement a batch."""
    rows = list(twigs)
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for twig in rows:
        by_model[type(twig.row)].append(twig.row)
    for model, batch in by_model.items():
        model._default_manager.bulk_create(batch)
    for twig in rows:
        for further in twig.twigs:
            setattr(further.row, f"{further.by}_id", twig.row.pk)
    upper = list(chain.from_iterable(twig.twigs for twig in rows))
    if upper:
        plant(upper)

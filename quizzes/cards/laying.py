"""Laying out: what a flashcard shows beside its stem and its answer.

On the front stand the sides to match, the lines to put in order and the options of a gap, in no
order that tells anything; on the back of an essay stands its rubric. Keys are not read here: the
back of a card is `Key`, and a rubric is no secret once the answer is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quizzes.cards.spacing import draw
from quizzes.items.models import Criterion, Item, Option, Revision

LAID = frozenset({Revision.Kind.MATCHING, Revision.Kind.ORDERING, Revision.Kind.CLOZE})

type Seed = Sequence[object]


@dataclass(frozen=True, slots=True)
class Laid:
    """One list on the front: which part of the question it is, from 0, and its texts as shown."""

    part: int
    texts: tuple[str, ...]

    @property
    def number(self) -> int:
        """The part as people count."""
        return self.part + 1


def fronts(items: Collection[Item], seeds: Mapping[int, Seed]) -> dict[int, tuple[Laid, ...]]:
    """The lists of each item that has any; one query, and none where no kind has lists.

    The same seed of an item lays it out alike.
    """
    kinds = {i.revision_id: i.revision.kind for i in items if i.revision}
    asked = [revision for revision, kind in kinds.items() if kind in LAID]
    texts: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Option.objects.filter(revision__in=asked).order_by("part", "position") if asked else ()
    for row in rows:
        texts[row.revision_id][row.part].append(row.text)
    return {
        item.pk: tuple(
            Laid(part, _shown(kinds[item.revision_id], part, found, seeds.get(item.pk, ())))
            for part, found in texts[item.revision_id].items()
        )
        for item in items
        if item.revision_id in texts
    }


def rubrics(items: Collection[Item]) -> dict[int, list[Criterion]]:
    """What each essay is marked by, by item; one query, and none where there is no essay."""
    essays = {
        i.revision_id: i.pk for i in items if i.revision and i.revision.kind == Revision.Kind.ESSAY
    }
    found: dict[int, list[Criterion]] = defaultdict(list)
    rows = Criterion.objects.filter(revision__in=essays).order_by("position") if essays else ()
    for row in rows:
        found[essays[row.revision_id]].append(row)
    return {**found}


def _shown(kind: str, part: int, texts: Sequence[str], seed: Seed) -> tuple[str, ...]:
    """The left sides as they are; everything else in an order that is not its own."""
    if kind == Revision.Kind.MATCHING and part == 0:
        return tuple(texts)
    order = sorted(range(len(texts)), key=lambda place: draw("laid", *seed, part, place))
    if order == sorted(order):
        order = [*order[1:], *order[:1]]
    return tuple(texts[place] for place in order)

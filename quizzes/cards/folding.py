"""Folding: what the acts on a card leave in its columns.

A column holds what the newest act on it left that stands, in the order in which the acts were
done, and its default where none does. So acts that arrive late, twice or in any order, and acts
that are taken back, all end in the same card.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from quizzes.cards.models import Action, Card
from quizzes.cards.states import State

type Jsonable = str | int | None
"""What a column holds, as JSON holds it: a day is text."""

type Acts = Mapping[int, list[Action]]
"""Acts that stand, in their order, by card."""

KINDS = frozenset(Action.COLUMNS)
ASIDE = KINDS - {Action.Kind.MOVE}


def acts_on(cards: Collection[Card], kinds: Collection[str] = KINDS) -> Acts:
    """The acts of these kinds on these cards; one query."""
    by_card: dict[int, list[Action]] = defaultdict(list)
    standing = Action.objects.standing().filter(card__in=cards, kind__in=kinds)
    for action in standing.in_order():
        by_card[action.card_id].append(action)
    return by_card


def fold(card: Card, acts: Iterable[Action], kinds: Collection[str] = KINDS) -> bool:
    """Give a card what its acts of these kinds left; tells whether anything changed by it."""
    acts, columns = list(acts), [Action.COLUMNS[Action.Kind(kind)] for kind in kinds]
    before = [getattr(card, column) for column in columns]
    for kind in ASIDE.intersection(kinds):
        column = Action.COLUMNS[kind]
        left = [act.left[column] for act in acts if act.kind == kind]
        put(card, column, left[-1] if left else _field(column).get_default())
    if Action.Kind.MOVE in kinds:
        card.assume(moved(card.state, acts))
    return before != [getattr(card, column) for column in columns]


def moved(state: State, acts: Iterable[Action]) -> State:
    """A state on the day that its newest move put it, else on the log's.

    A move is one of the very state that it was made from: a rating ends it, and where that is
    taken back it stands again.
    """
    moves = [act for act in acts if act.kind == Action.Kind.MOVE and _is_base(act.was, state)]
    return state.moved(date.fromisoformat(moves[-1].left["moved_to"]) if moves else None)


def base(state: State) -> dict[str, Jsonable]:
    """What a move remembers of the state that it was made from."""
    return {
        "moved_to": state.moved_to.isoformat() if state.moved_to else None,
        "reps": state.reps,
        "last_at": state.last_at.isoformat() if state.last_at else None,
    }


def put(card: Card, column: str, value: Jsonable) -> None:
    """Set a column from what JSON holds."""
    setattr(card, column, _field(column).to_python(value))


def as_json(card: Card, column: str) -> Jsonable:
    """What a column holds, for JSON."""
    value = getattr(card, column)
    return value.isoformat() if isinstance(value, date) else value


def _field(column: str) -> Any:
    return Card._meta.get_field(column)


def _is_base(base: Mapping[str, Jsonable], state: State) -> bool:
    last_at = base["last_at"] and datetime.fromisoformat(str(base["last_at"]))
    return base["reps"] == state.reps and last_at == state.last_at

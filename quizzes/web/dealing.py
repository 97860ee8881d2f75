"""Dealing: cards with everything that both their sides say, one or a hundred in the same queries.

What a button promises is decided here, and a few steps ahead: a card that was missed comes back
in minutes, and a device without a connection must know what its buttons say then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from quizzes.assessment import checking
from quizzes.assessment.checking import Raw
from quizzes.cards import laying
from quizzes.cards.desk import Desk
from quizzes.cards.kinship import kin
from quizzes.cards.laying import Laid
from quizzes.cards.models import StudyPlan
from quizzes.cards.queueing import Entry
from quizzes.cards.scheduling import Rating
from quizzes.cards.spacing import Offer, draw
from quizzes.cards.standing import Standing
from quizzes.cards.states import Answer, State, after
from quizzes.identifiers import uuid7
from quizzes.items.models import Criterion, Item, Key
from quizzes.web import differing, facing, sourcing, wording
from quizzes.web.differing import Piece
from quizzes.web.facing import Asking, Face
from quizzes.web.sourcing import Source, View

TWO_RATINGS = (Rating.AGAIN, Rating.GOOD)
_VERDICTS = {True: "right", False: "wrong", None: "open"}
STEPS_FORESEEN = 3
"""How many answers in minutes are known ahead; what a device does after that has no promise."""


@dataclass(frozen=True, slots=True)
class Button:
    """One rating: its number, its word, and when the card comes back, in words and in days."""

    rating: int
    name: str
    comes_back: str
    days: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was typed or chosen, and what a machine found of it."""

    raw: Raw
    is_right: bool | None
    pieces: list[Piece]

    @property
    def verdict(self) -> str:
        """In a word: right, wrong, or open where no machine can tell."""
        return _VERDICTS[self.is_right]

    @property
    def text(self) -> str:
        return str(self.raw.get("text", ""))

    @property
    def chosen(self) -> list[int]:
        return list(self.raw.get("chosen", ()))


@dataclass(frozen=True, slots=True)
class Side:
    """One card with everything its two sides say.

    `uid` is the review that a press of a button will make, so that pressing twice makes one.
    """

    entry: Entry
    uid: UUID
    key: Key | None
    sources: list[Source]
    views: list[View]
    buttons: list[Button]
    asking: Asking
    lists: Sequence[Laid]
    rubric: Sequence[Criterion]
    then: Mapping[int, Any]
    is_own: bool
    """Whether the learner wrote the card, and may rewrite it."""
    found: Found | None = None

    @property
    def flag(self) -> int:
        return self.entry.card.flag if self.entry.card else 0

    @property
    def flag_name(self) -> str:
        return str(wording.FLAGS[self.flag])

    @property
    def note(self) -> str:
        return self.entry.card.note if self.entry.card else ""

    @property
    def lapses(self) -> int:
        return self.entry.card.lapses if self.entry.card else 0

    @property
    def is_leech(self) -> bool:
        """Whether the card is missed again and again, so that something else should be done."""
        return self.entry.card is not None and self.entry.card.is_leech

    @property
    def shown_buttons(self) -> list[Button]:
        """The buttons that are left when a machine has spoken, under the names they have then."""
        if self.found is None:
            return self.buttons
        names = self.names[self.found.verdict]
        return [
            replace(button, name=names[button.rating])
            for button in self.buttons
            if button.rating in names
        ]

    @property
    def names(self) -> dict[str, dict[int, str]]:
        """What each button is called by what a machine found; one without a name is not there.

        Right by luck is no memory; of what was typed wrong the learner is still the judge.
        """
        plain = {button.rating: button.name for button in self.buttons}
        is_choice = self.asking.face is Face.CHOICE
        right = plain | ({Rating.AGAIN.value: _("I guessed")} if is_choice else {})
        wrong = {Rating.AGAIN.value: plain[Rating.AGAIN.value]}
        if not is_choice:
            wrong[Rating.GOOD.value] = _("It was right")
        return {"open": plain, "right": right, "wrong": wrong}

    @property
    def known(self) -> dict[str, Any]:
        """What a device keeps of the card beside the page's own words."""
        card = self.entry.card
        return {
            "item": str(self.entry.item.uid),
            "version": self.entry.version,
            "is_own": self.is_own,
            "phase": card.phase if card else "new",
            "kin": sorted(map(str, kin(self.entry.item))),
            "due_at": card.due_at.isoformat() if card and card.due_at else None,
            "face": self.asking.face,
            "accepted": self.asking.accepted,
            "rights": self.asking.rights,
            "answer": self.key.answer if self.key else "",
            "flag": self.flag,
            "note": self.note,
            "names": self.names,
            "then": self.then,
        }


def sides(entries: Sequence[Entry], desk: Desk) -> list[Side]:
    """Both sides of each card; the queries do not grow with the cards."""
    items = [entry.item for entry in entries]
    grounds = sourcing.grounds([item.pk for item in items])
    keys = Key.objects.in_bulk([item.revision_id for item in items if item.revision_id])
    askings = facing.askings(items, desk.plans)
    lists = laying.fronts(items, {entry.item.pk: _seed(entry, desk) for entry in entries})
    rubrics = laying.rubrics(items)
    return [
        Side(
            entry=entry,
            uid=uuid7(),
            key=keys.get(entry.item.revision_id or 0),
            sources=grounds[entry.item.pk].sources,
            views=grounds[entry.item.pk].views,
            buttons=_buttons(entry.offers, _ratings(desk, entry.item)),
            asking=_shuffled(askings[entry.item.pk], entry, desk),
            lists=lists.get(entry.item.pk, ()),
            rubric=rubrics.get(entry.item.pk, ()),
            then=_then(entry, desk),
            is_own=entry.item.owner_id is not None and entry.item.owner_id == desk.learner.pk,
        )
        for entry in entries
    ]


def found(side: Side, raw: Raw | None, desk: Desk) -> Found | None:
    """What a machine makes of an answer to a card that asks for one."""
    if raw is None or side.asking.face is Face.RECALL:
        return None
    learner = desk.learner if desk.learner.pk else None
    [is_right] = checking.checked(learner, [(side.entry.item, raw)], desk.at)
    answer = side.key.answer if side.key else ""
    return Found(raw, is_right, differing.pieces(str(raw.get("text", "")), answer))


def _seed(entry: Entry, desk: Desk) -> tuple[object, ...]:
    """What orders hang on that last until the card is rated."""
    return desk.learner.pk, entry.item.pk, entry.card.reps if entry.card else 0


def _shuffled(asking: Asking, entry: Entry, desk: Desk) -> Asking:
    """Its options in an order that lasts until the card is rated."""
    seed = _seed(entry, desk)
    choices = sorted(asking.choices, key=lambda choice: draw(*seed, choice.place))
    return replace(asking, choices=tuple(choices))


def _plan(desk: Desk, item: Item) -> StudyPlan:
    return desk.plans.get(item.book_id) or StudyPlan()


def _ratings(desk: Desk, item: Item) -> tuple[Rating, ...]:
    return tuple(Rating) if _plan(desk, item).has_four_ratings else TWO_RATINGS


def _buttons(offers: Mapping[Rating, Offer], ratings: Sequence[Rating]) -> list[Button]:
    return [
        Button(
            rating=rating.value,
            name=wording.rating(rating, has_four_ratings=len(ratings) > len(TWO_RATINGS)),
            comes_back=wording.interval(offers[rating].minutes, offers[rating].days),
            days=offers[rating].days,
        )
        for rating in ratings
    ]


def _then(entry: Entry, desk: Desk) -> dict[int, Any]:
    standing = desk.place(entry.item, entry.card)
    ratings = _ratings(desk, entry.item)
    return _foreseen(standing, standing.state, entry.offers, desk, ratings, STEPS_FORESEEN)


def _foreseen(
    standing: Standing,
    state: State,
    offers: Mapping[Rating, Offer],
    desk: Desk,
    ratings: Sequence[Rating],
    steps: int,
) -> dict[int, Any]:
    """By rating, where it gives minutes: how many, and what the buttons say afterwards."""
    found = {}
    for rating in ratings if steps else ():
        minutes = offers[rating].minutes
        if not minutes:
            continue
        answer = Answer(rating, desk.at, desk.today, interval_days=0, step_minutes=minutes)
        later = after(state, answer, standing.pace.weights)
        next_offers = standing.offers(desk.today, later)
        found[rating.value] = {
            "minutes": minutes,
            "phase": later.phase,
            "buttons": {
                button.rating: {"days": button.days, "says": button.comes_back}
                for button in _buttons(next_offers, ratings)
            },
            "then": _foreseen(standing, later, next_offers, desk, ratings, steps - 1),
        }
    return found

"""Cards with their reviews, some hundred on a page."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from quizzes.cards.models import Card, Review
from quizzes.cards.scheduling import Rating
from quizzes.exchange.decisions import Guard
from quizzes.exchange.readable.pages import Page, moment, page, span
from quizzes.exchange.tabulating import Reader
from quizzes.items.models import Option

CARDS, REVIEWS = 100, 2_000
"""A page ends after so many cards, or when so many reviews are on it."""

_COLUMNS = (
    *("card_id", "answered_at", "rating", "source", "evidence", "answer", "is_right"),
    *("revision_id", "affects_schedule", "taken_back__pk"),
)
type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """One review, in words."""

    when: str
    rating: str
    how: str
    answer: str
    remark: str


@dataclass(frozen=True, slots=True)
class Told:
    """A card with its reviews, the oldest first."""

    card: Card
    last_at: str
    due: str
    looks: Sequence[Look]


def pages(reader: Reader) -> Iterator[Page]:
    """All cards, as they were made."""
    number, last, first = 1, 0, 1
    while cards := _some(reader, last):
        told = _told(cards, reader)
        title = _("Cards %(span)s") % {"span": span(first, first + len(cards) - 1)}
        rows = len(cards) + sum(len(one.looks) for one in told)
        yield page(f"cards-{number:04}.html", title, {"cards": told}, rows=rows)
        number, last, first = number + 1, cards[-1].pk, first + len(cards)


def _some(reader: Reader, last: int) -> list[Card]:
    """The next cards, as many as have a page's worth of reviews, and one at least."""
    mine = Card.objects.filter(learner=reader.person, pk__gt=last).order_by("pk")
    rows = mine.select_related("item__revision", "item__chapter", "item__book")
    kept, reviews = list[Card](), 0
    for card in rows[:CARDS]:
        reviews += card.reps
        if kept and reviews > REVIEWS:
            break
        kept.append(card)
    return kept


def _told(cards: Sequence[Card], reader: Reader) -> list[Told]:
    zone, looks = reader.person.time_zone, _looks(cards, reader)
    return [
        Told(
            card=card,
            last_at=moment(card.last_at, zone),
            due=moment(card.due_at, zone) or (card.due_day.isoformat() if card.due_day else ""),
            looks=looks.get(card.pk, ()),
        )
        for card in cards
    ]


def _looks(cards: Sequence[Card], reader: Reader) -> Mapping[int, list[Look]]:
    asked = {one.pk for one in cards if not reader.may_tell(Guard.QUESTION, one.item_id)}
    log = Review.objects.filter(card__in=[one.pk for one in cards]).in_order()
    rows = list(log.values(*_COLUMNS))
    options = _options({row["revision_id"] for row in rows if "chosen" in (row["answer"] or {})})
    looks: dict[int, list[Look]] = defaultdict(list)
    for row in rows:
        known = row if row["card_id"] not in asked else row | {"answer": None, "is_right": None}
        looks[row["card_id"]].append(_look(known, reader.person.time_zone, options))
    return looks


def _look(row: Row, zone: str, options: Mapping[int, Mapping[int, str]]) -> Look:
    source, evidence = Review.Source(row["source"]), Review.Evidence(row["evidence"])
    return Look(
        when=moment(row["answered_at"], zone),
        rating=Rating(row["rating"]).name.title(),
        how=f"{source.label}, {evidence.label}",
        answer=_answer(row["answer"] or {}, options.get(row["revision_id"], {})),
        remark=_remark(row),
    )


def _answer(raw: Mapping[str, Any], options: Mapping[int, str]) -> str:
    if "text" in raw:
        return str(raw["text"])
    return "; ".join(options.get(place, str(place + 1)) for place in raw.get("chosen", ()))


def _remark(row: Row) -> str:
    said = []
    if row["is_right"] is not None:
        said.append(_("found right") if row["is_right"] else _("not found right"))
    if not row["affects_schedule"]:
        said.append(_("memory left as it was"))
    if row["taken_back__pk"]:
        said.append(_("taken back"))
    return ", ".join(said)


def _options(revisions: Collection[int]) -> Mapping[int, Mapping[int, str]]:
    """The options of these wordings by their own places; one query, or none."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = (
        Option.objects.filter(revision__in=revisions, part=0)
        if revisions
        else Option.objects.none()
    )
    for revision, place, text in rows.order_by(F("pk")).values_list("revision", "position", "text"):
        found[revision][place] = text
    return found

"""What the browser of cards shows: a page of rows, each with all that one asks of a card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.cards import finding
from quizzes.cards.desk import Desk
from quizzes.cards.models import Card
from quizzes.cards.querying import Fault, Query, Reason
from quizzes.items import rendering
from quizzes.items.models import Item, Key
from quizzes.web import wording

A_PAGE = 50
_LONGEST = 140

COLUMNS: dict[str, str | Promise] = {
    "question": gettext_lazy("Question"),
    "place": gettext_lazy("Book and chapter"),
    "due": gettext_lazy("Due"),
    "stability": gettext_lazy("Lasts"),
    "recall": gettext_lazy("Recall today"),
    "lapses": gettext_lazy("Forgotten"),
    "flag": gettext_lazy("Flag"),
}

REASONS: dict[Reason, str | Promise] = {
    Reason.LONG: gettext_lazy("The search is too long."),
    Reason.MANY: gettext_lazy("There are too many terms; leave some out."),
    Reason.WORDS: gettext_lazy("At most ten words are looked for at once; leave some out."),
    Reason.QUOTE: gettext_lazy("A quotation mark is not closed."),
    Reason.EMPTY: gettext_lazy("Nothing is searched for."),
    Reason.DAYS: gettext_lazy("It needs a number of days."),
    Reason.CHOICE: gettext_lazy("It can be one of these only."),
    Reason.NUMBER: gettext_lazy("It is compared with a number."),
    Reason.OPERATOR: gettext_lazy("It is written another way."),
    Reason.UNKNOWN: gettext_lazy("There is no such term."),
}

HELP: tuple[tuple[str, str | Promise], ...] = (
    ("kirov murder", gettext_lazy("both words, in the question or in the answer")),
    ('"show trial"', gettext_lazy("these words as they stand")),
    ("-kirov", gettext_lazy("without the word; a minus turns any term around")),
    (
        "due:today",
        gettext_lazy("due by today; due:3 within three days; due:late before today"),
    ),
    ("chapter:introduction", gettext_lazy("in chapters with this in their title; book: likewise")),
    (
        "kind:event",
        gettext_lazy("on a figure, event, argument, term, quantity, place; kind:cloze"),
    ),
    ("flag:red", gettext_lazy("flagged so; flag:any, flag:none, flag:1 to flag:7")),
    ("lapses>3", gettext_lazy("forgotten more than three times; also >=, <, <= and =")),
    (
        "stability<10",
        gettext_lazy("lasts less than ten days; reps and difficulty likewise"),
    ),
    ("is:new", gettext_lazy("new, learning, review, due, suspended, buried, leech or own")),
    ("tag:verbs", gettext_lazy("filed under this tag")),
    ("added:7", gettext_lazy("added in the last seven days")),
)
"""Terms by example, as the help of the browser lists them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One card: what it asks and answers in short, and how it stands."""

    item: Item
    question: str
    answer: str
    due: str
    stability: str
    recall: int | None
    lapses: int
    flag: int
    flag_name: str
    state: str
    is_own: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its word, the sort that pressing it gives, and how it is sorted now."""

    name: str
    word: str
    sort: str
    direction: str


def page(desk: Desk, query: Query, sort: str, number: str | None) -> Page[Item]:
    """A page of the cards that a query finds; `sort` is a column, or one after a minus."""
    items = finding.in_order(
        finding.found(desk, query), desk, sort.removeprefix("-"), is_descending=sort.startswith("-")
    )
    rows = items.select_related("revision", "chapter", "book", "mine__weights")  # type: ignore[misc]  # annotated
    return Paginator(rows.prefetch_related("tags"), A_PAGE).get_page(number)


def rows(desk: Desk, items: Iterable[Item]) -> list[Row]:
    """These cards as rows, in their order; one query for all answers."""
    shown = list(items)
    revisions = [item.revision_id for item in shown if item.revision_id]
    keys = Key.objects.in_bulk(revisions)
    return [_row(desk, item, keys) for item in shown]


def heads(sort: str) -> list[Head]:
    """The heads of all columns, while the table is sorted so."""
    column, is_descending = sort.removeprefix("-"), sort.startswith("-")
    return [
        Head(
            name,
            str(word),
            f"-{name}" if name == column and not is_descending else name,
            "" if name != column else "descending" if is_descending else "ascending",
        )
        for name, word in COLUMNS.items()
    ]


def sorts() -> list[tuple[str, str]]:
    """Every way to sort, and its words."""
    up = [(name, str(word)) for name, word in COLUMNS.items()]
    down = [(f"-{name}", _("%(column)s, last first") % {"column": word}) for name, word in up]
    return [pair for both in zip(up, down, strict=True) for pair in both]


def is_sort(sort: str) -> bool:
    return sort.removeprefix("-") in COLUMNS


def told(fault: Fault) -> dict[str, Any]:
    """What is wrong with a search, for a reader."""
    return {"term": fault.term, "reason": REASONS[fault.reason], "instead": fault.instead}


def _row(desk: Desk, item: Item, keys: Mapping[int, Key]) -> Row:
    card: Card | None = getattr(item, "mine", None)
    key = keys.get(item.revision_id or 0)
    flag = card.flag if card else 0
    return Row(
        item=item,
        question=_short(rendering.bare(item.revision.stem_html) if item.revision else ""),
        answer=_short(rendering.bare(key.answer_html) if key else ""),
        due=_due(desk, card),
        stability=_lasts(card),
        recall=_recall(desk, card),
        lapses=card.lapses if card else 0,
        flag=flag,
        flag_name=str(wording.FLAGS[flag]),
        state=_state(desk, card),
        is_own=item.book.owner_id == desk.learner.pk,
        tags=tuple(sorted(tag.text for tag in item.tags.all())),
    )


def _lasts(card: Card | None) -> str:
    return wording.stability(card.stability) if card and card.stability is not None else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _due(desk: Desk, card: Card | None) -> str:
    if card is None or (card.due_day is None and card.due_at is None):
        return ""
    if card.due_day is None:
        return _("in minutes") if card.due_at and card.due_at > desk.at else _("now")
    return _day(card.due_day, desk.today)


def _day(day: date, today: date) -> str:
    away = (day - today).days
    if away < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -away) % {"count": -away}
    if away < 2:
        return _("tomorrow") if away else _("today")
    return date_format(day, "j M" if day.year == today.year else "j M Y")


def _recall(desk: Desk, card: Card | None) -> int | None:
    chance = card.recall(desk.today) if card else None
    return None if chance is None else round(100 * chance)


def _state(desk: Desk, card: Card | None) -> str:
    if card is None:
        return str(Card.Phase.NEW.label)
    if card.is_suspended:
        return _("set aside")
    if card.buried_until and card.buried_until > desk.today:
        return _("not today")
    return card.get_phase_display()

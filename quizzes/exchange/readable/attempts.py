"""Sittings of quizzes, with each question as it was asked and what was told of the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.assessment import disclosing, sheets, telling
from quizzes.assessment.disclosing import Shown
from quizzes.assessment.models import Attempt, Mark, Served
from quizzes.assessment.sheets import Parts, Question, Sheet
from quizzes.exchange.readable.pages import Page, moment, page, span
from quizzes.exchange.tabulating import Reader
from quizzes.items.fractions import FULL_FRACTION, percent

ATTEMPTS = 20
"""So many are on one page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked, the own answer, and as much of the rest as is told."""

    position: int
    heading: str
    stem: str
    offered: Sequence[Sequence[str]]
    """The texts of each part's options, in the order in which they were shown."""
    given: str
    sure: str
    verdict: str
    comment: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sitting; without questions while it is open."""

    attempt: Attempt
    started_at: str
    handed_in_at: str
    score: str
    questions: Sequence[Asked] = ()


def pages(reader: Reader) -> Iterator[Page]:
    """All sittings, as they were begun."""
    mine = Attempt.objects.visible_to(reader.person).order_by("pk")
    number, last = 1, 0
    while some := list(mine.filter(pk__gt=last).values_list("pk", flat=True)[:ATTEMPTS]):
        told = _told(some, reader)
        first = ATTEMPTS * (number - 1) + 1
        title = _("Quizzes taken %(span)s") % {"span": span(first, first + len(some) - 1)}
        rows = sum(len(one.questions) for one in told)
        yield page(f"attempts-{number:04}.html", title, {"attempts": told}, rows=rows)
        number, last = number + 1, some[-1]


def _told(attempts: Sequence[int], reader: Reader) -> list[Told]:
    rows = Served.objects.filter(attempt__in=attempts).order_by("attempt", "position")
    found = sheets.each(rows)
    questions = [one for sheet in found for one in sheet.questions]
    options = sheets.options(questions)
    comments = _comments(questions)
    return [_sitting(one, reader, options, comments) for one in found]


def _sitting(
    sheet: Sheet, reader: Reader, options: Mapping[int, Parts], comments: Mapping[int, str]
) -> Told:
    attempt, zone = sheet.attempt, reader.person.time_zone
    started_at, handed_in_at = moment(attempt.started_at, zone), moment(attempt.handed_in_at, zone)
    if attempt.handed_in_at is None:
        return Told(attempt, started_at, handed_in_at, "")
    told = disclosing.told(sheet, reader.at)
    is_scored = told.attempt.score and attempt.score is not None
    return Told(
        attempt,
        started_at,
        handed_in_at,
        f"{percent(attempt.score or 0)}%" if is_scored else "",
        [
            _asked(
                one,
                told.questions[one.position],
                options[one.served.revision_id],
                comments.get(one.served.pk, ""),
            )
            for one in sheet.questions
        ],
    )


def _asked(question: Question, shown: Shown, options: Parts, comment: str) -> Asked:
    served, is_sure = question.served, question.is_sure
    shown_parts = zip(served.orders, options, strict=False)
    return Asked(
        position=question.position,
        heading=served.heading,
        stem=served.revision.stem,
        offered=[[texts[place] for place in order] for order, texts in shown_parts if order],
        given=telling.words(question.answer, options),
        sure="" if is_sure is None else _("sure") if is_sure else _("not sure"),
        verdict=_verdict(question) if shown.correctness else "",
        comment=comment if shown.correctness else "",
    )


def _verdict(question: Question) -> str:
    fraction = question.served.fraction
    if fraction is None:
        return _("not marked yet") if question.is_answered else _("not answered")
    if fraction == FULL_FRACTION:
        return _("right")
    return _("partly right") if fraction > 0 else _("not right")


def _comments(questions: Sequence[Question]) -> Mapping[int, str]:
    """What the newest marker said, by what was served; one query."""
    rows = Mark.objects.filter(served__in=[one.served.pk for one in questions]).order_by("pk")
    return dict(rows.values_list("served", "comment"))

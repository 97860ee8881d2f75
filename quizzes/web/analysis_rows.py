"""Item analysis as rows: what a page shows of each question, and its table as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics import advising, psychometrics
from quizzes.analytics.advising import Choice
from quizzes.analytics.item_analysis import Analysis, Asked
from quizzes.analytics.psychometrics import FEWEST, Sums
from quizzes.assessment import withholding
from quizzes.assessment.models import Assignment
from quizzes.exchange.formats.tables import Cell
from quizzes.web import answer_rows, counsel


@dataclass(frozen=True, slots=True)
class Line:
    """An option, or what was left out: how many chose it, and the share in per cent."""

    text: str
    is_key: bool
    is_credited: bool
    """Right because a regrade credits it, and not by the key."""
    chosen: str
    percent: str
    upper: str
    """Of the upper half: “14%”; then of the lower."""
    lower: str
    credit: str = ""
    """By which name a regrade would credit it, if it is a wrong text."""


@dataclass(frozen=True, slots=True)
class Part:
    """The options of a question, or what was put in one of its places, with a title of its own."""

    title: str
    lines: Sequence[Line]


class ClassApart(NamedTuple):
    """A class whose figures are told apart, and the sample that it is."""

    sample: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class's figures on a question; without them what is still needed."""

    name: str
    n: int
    percent: int | None
    discrimination: str
    needed: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its advice in words and its figures as they are written.

    Where too few answered it, or it is kept from the reader, `needed` says so, and there are no
    figures.
    """

    asked: Asked
    number: int | None
    title: str
    advice: Sequence[str]
    is_urgent: bool
    verdict: str
    """The most urgent advice, or why there is none."""
    needed: str
    facility: str
    discrimination: str
    most_chosen: str
    """The wrong option that most chose, with their share; a dash where there is none."""
    apart: Sequence[ClassApart] = ()

    @property
    def facility_interval(self) -> str:
        return counsel.percents(self.asked.facility_interval)

    @property
    def discrimination_interval(self) -> str:
        return counsel.coefficients(self.asked.discrimination_interval)

    @property
    def time(self) -> str:
        return counsel.time(self.asked.evidence.seconds)

    @property
    def parts(self) -> list[Part]:
        """Who chose what; nothing where too few answered."""
        return [] if self.needed else list(_parts(self.asked))

    @property
    def classes(self) -> list[ClassLine]:
        if self.asked.is_kept:
            return []
        by_sample = self.asked.by_sample
        return [_class_line(one.name, by_sample.get(one.sample, Sums())) for one in self.apart]


def rows(found: Analysis, apart: Sequence[ClassApart] = ()) -> list[Row]:
    """The questions in their order, and beside them the figures of the classes that are told apart.

    They are numbered where all of them have a place of their own.
    """
    numbers = _numbers(found)
    return [_row(one, numbers.get(one.wording.pk), apart) for one in found.questions]


def apart(given: Sequence[Assignment]) -> tuple[ClassApart, ...]:
    """The classes that were given a quiz."""
    return tuple(ClassApart(one.uid, one.classroom.name) for one in given)


def table(found: Analysis) -> list[list[Cell]]:
    """The table of a page with its head, numbers as numbers; silent where the page is."""
    head: list[Cell] = [
        _("Question"),
        _("Wording"),
        _("Answers"),
        *(_("Correct"), _("from"), _("to")),
        *(_("Discrimination"), _("from"), _("to")),
        _("Left out"),
        _("Seconds"),
        _("Advice"),
        _("Choices, of the upper and of the lower half"),
    ]
    return [head, *(_cells(one) for one in rows(found))]


def needed(n: int) -> str:
    """That too few answered for anything to be said."""
    return ngettext(
        "%(n)s of %(fewest)s answers needed",
        "%(n)s of %(fewest)s answers needed",
        n,
    ) % {"n": n, "fewest": FEWEST}


def _numbers(found: Analysis) -> Mapping[int, int]:
    wordings = [one.wording for one in found.questions]
    places = {one.pk: one.place for one in wordings if one.place is not None}
    if len(places) < len(wordings):
        return {}
    numbers = {place: n for n, place in enumerate(sorted(set(places.values())), start=1)}
    return {pk: numbers[place] for pk, place in places.items()}


def _row(one: Asked, number: int | None, apart: Sequence[ClassApart]) -> Row:
    is_told = not one.is_silent
    advice = [counsel.said(advice, one) for advice in one.advice]
    return Row(
        asked=one,
        number=number,
        title=unescape(strip_tags(one.wording.stem_html)).strip(),
        advice=advice,
        is_urgent=any(advice.matter in advising.URGENT for advice in one.advice),
        verdict=_verdict(one, advice),
        needed="" if is_told else _silence(one),
        facility=counsel.percent(one.facility) if is_told else "–",
        discrimination=counsel.coefficient(one.discrimination) if is_told else "–",
        most_chosen=_most_chosen(one) if is_told else "–",
        apart=apart,
    )


def _verdict(one: Asked, advice: Sequence[str]) -> str:
    if one.is_kept:
        return _("You may be asked this yourself.")
    if one.is_silent:
        return needed(one.n)
    return advice[0] if advice else _("None")


def _silence(one: Asked) -> str:
    """Why nothing is said of a question."""
    return str(withholding.WHY) if one.is_kept else needed(one.n)


def _parts(one: Asked) -> Iterator[Part]:
    """The options of each part, and after them what is left."""
    by_part = groupby(one.evidence.choices, key=lambda choice: choice.part)
    found = {part: list[Choice]() for part in one.left_out}
    found |= {part: list(options) for part, options in by_part}
    for part, choices in sorted(found.items()):
        lines = [_line(one, answer_rows.text(choice), choice) for choice in choices]
        lines += _left(one, part, choices)
        yield Part(answer_rows.heading(one, part, choices), lines)


def _left(one: Asked, part: int, choices: Sequence[Choice]) -> list[Line]:
    if part in one.left_out:
        return [_line(one, *told) for told in answer_rows.left(one, part, choices)]
    return [_left_out(one, choices)]


def _left_out(one: Asked, choices: Sequence[Choice]) -> Line:
    """Whoever left out a gap may have filled another."""
    omitted, upper = one.evidence.omitted, one.upper_omitted
    if one.wording.kind == "cloze":
        omitted = one.n - sum(choice.chosen for choice in choices)
        upper = one.upper - sum(choice.upper for choice in choices)
    nothing = Choice(0, 0, "", False, omitted, upper)
    return _line(one, _("Left out"), nothing)


def _line(one: Asked, text: str, choice: Choice) -> Line:
    return Line(
        text=text,
        is_key=choice.is_key,
        is_credited=choice.is_credited and not choice.is_key,
        chosen=str(choice.chosen),
        percent=str(round(100 * choice.chosen / one.n)),
        upper=_share(choice.upper, one.upper),
        lower=_share(choice.lower, one.lower),
        credit=answer_rows.credit(choice),
    )


def _share(count: int, whole: int) -> str:
    return counsel.percent(count / whole) if whole else "–"


def _most_chosen(one: Asked) -> str:
    wrong = [choice for choice in one.evidence.choices if not choice.is_right and choice.chosen]
    if not wrong:
        return "–"
    most = max(wrong, key=lambda choice: choice.chosen)
    return f"{answer_rows.named(one, most)} ({_share(most.chosen, one.n)})"


def _class_line(name: str, sums: Sums) -> ClassLine:
    is_told = sums.n >= FEWEST
    return ClassLine(
        name=name,
        n=sums.n,
        percent=round(100 * psychometrics.facility(sums)) if is_told else None,
        discrimination=counsel.coefficient(psychometrics.discrimination(sums)) if is_told else "",
        needed="" if is_told else needed(sums.n),
    )


def _cells(row: Row) -> list[Cell]:
    one = row.asked
    figures: list[Cell] = [None] * 8
    if not one.is_silent:
        tells = one.discrimination_interval
        figures = [
            *(one.facility, *one.facility_interval),
            *(one.discrimination, *(tells or (None, None))),
            one.evidence.omitted,
            None if one.evidence.seconds is None else round(one.evidence.seconds),
        ]
    advice = " ".join(row.advice) or row.needed
    lines = [
        (answer_rows.prefix(one, part.title), line) for part in row.parts for line in part.lines
    ]
    choices = "; ".join(
        f"{place}{_key(line)}: {line.chosen}, {line.upper}, {line.lower}" for place, line in lines
    )
    return [row.title, one.wording.number, one.n, *figures, advice, choices]


def _key(line: Line) -> str:
    if line.is_credited:
        return _("%(option)s (credited)") % {"option": line.text}
    return _("%(option)s (key)") % {"option": line.text} if line.is_key else line.text

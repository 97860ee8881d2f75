"""What a page tells of questions that were answered: only what may be told, and why it is so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from quizzes.assessment import deducting, disclosing, marking, overruling, sheets, telling, terms
from quizzes.assessment.disclosing import Shown, Told
from quizzes.assessment.grading import Grade
from quizzes.assessment.models import Mark
from quizzes.assessment.overruling import Rulings
from quizzes.assessment.sheets import Parts, Question, Sheet
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Key, Revision
from quizzes.people.models import User
from quizzes.web import promising, sourcing, wording
from quizzes.web.promising import Promise
from quizzes.web.sourcing import Ground


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with its answer, and as much of the rest as is told: what is not is empty."""

    position: int
    heading: str
    stem_html: str
    kind: str
    section: str
    given: str
    """The own answer in words; empty without one, and where it is not told."""
    is_answered: bool
    is_essay: bool
    shown: Shown
    verdict: str = ""
    """“right”, “partly”, “not”, or “unmarked”."""
    points: str = ""
    weight: int = 1
    is_sure: bool | None = None
    earned_all: bool = False
    wrong_tries: int = 0
    is_hinted: bool = False
    remarks: list[str] = field(default_factory=list)
    answer_html: str = ""
    rationale_html: str = ""
    ground: Ground = field(default_factory=Ground)
    mark: Mark | None = None
    changed: str = ""
    """What of its marking was changed for everyone: a policy of a regrade, or nothing."""
    changed_why: str = ""
    is_dropped: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anything is told of it being right."""
        return self.verdict not in {"", "unmarked"}

    @property
    def is_right(self) -> bool:
        """Whether it is right and nothing was taken off: not after a try that cost something."""
        return self.verdict == "right" and self.earned_all


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole attempt, as far as it is told, and what is still to come."""

    questions: list[Explained]
    told: Told
    score: str
    has_passed: bool | None
    """Whether the pass mark was reached; none where the quiz has none, or nothing is told."""
    to_come: list[Promise]
    costs: int
    """What a further try or a hint cost, in per cent."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered, so that nothing is known of what was not."""
        return not any(question.is_answered for question in self.questions)

    @property
    def missed(self) -> int:
        return sum(one.is_known and not one.is_right for one in self.questions)

    @property
    def unmarked(self) -> int:
        return sum(one.verdict == "unmarked" for one in self.questions)

    @property
    def held(self) -> int:
        """Of how many it is not told whether they are right, since a quiz asks them now."""
        return (
            sum(not one.verdict for one in self.questions) if self.told.attempt.correctness else 0
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands in the bank of the questions of a sheet; read at once."""

    grades: Mapping[int, Grade]
    options: Mapping[int, Parts]
    keys: Mapping[int, Key]
    grounds: Mapping[int, Ground]
    places: Mapping[int, tuple[str, str]]
    marks: Mapping[int, Mark]
    rulings: Rulings
    repeats_keys: bool
    """Whether the key is told of what is right, too."""


def whole(sheet: Sheet, viewer: User, at: datetime) -> Outcome:
    """A handed-in attempt as one who teaches its class sees it; a fixed number of queries.

    The key stands beside what is right as well: a regrade may have made it so.
    """
    return outcome(sheet, at, disclosing.told_to_staff(sheet, viewer, at))


def outcome(sheet: Sheet, at: datetime, staff: Told | None = None) -> Outcome:
    """A handed-in attempt as its learner may see it now; a fixed number of queries.

    Or as `staff` may, where that is said.
    """
    told, rules = staff or disclosing.told(sheet, at), terms.of(sheet.attempt)
    known = _known(sheet, repeats_keys=staff is not None)
    graded = sheet.attempt.assignment is not None and sheet.attempt.assignment.is_graded
    return Outcome(
        questions=[_explained(one, told.questions[one.position], known) for one in sheet.questions],
        told=told,
        score=_score(sheet) if told.attempt.score else "",
        has_passed=_has_passed(sheet) if told.attempt.score else None,
        to_come=promising.to_come(
            rules, told, disclosing.moment(sheet.attempt, at), is_graded=graded
        ),
        costs=rules.penalty_percent,
    )


def _known(sheet: Sheet, *, repeats_keys: bool) -> _Known:
    questions = sheet.questions
    items = [one.served.revision.item_id for one in questions]
    rulings = overruling.over(questions)
    grades = marking.graded([(one, one.answer) for one in questions], rulings)
    places = Item.objects.filter(pk__in=items).values_list("pk", "subject__kind", "section__title")
    return _Known(
        grades={one.position: grade for one, grade in zip(questions, grades, strict=True)},
        options=sheets.options(questions),
        keys=Key.objects.in_bulk([overruling.told_key(rulings, one) for one in questions]),
        grounds=sourcing.grounds(items),
        places={pk: (kind or "", section) for pk, kind, section in places},
        marks=_marks(questions),
        rulings=rulings,
        repeats_keys=repeats_keys,
    )


def _marks(questions: list[Question]) -> dict[int, Mark]:
    """The newest mark of each essay, by what was served; none is asked for where there is none."""
    essays = [one.served.pk for one in questions if one.kind == Revision.Kind.ESSAY]
    if not essays:
        return {}
    rows = Mark.objects.filter(served__in=essays).prefetch_related("criteria__criterion")
    return {mark.served_id: mark for mark in rows.order_by("pk")}


def _explained(question: Question, shown: Shown, known: _Known) -> Explained:
    served, item = question.served, question.served.revision.item_id
    key, (kind, section) = (
        known.keys.get(overruling.told_key(known.rulings, question)),
        known.places[item],
    )
    grade, ruling = known.grades[question.position], overruling.newest(known.rulings, question)
    changed = ruling if shown.correctness else None
    verdict = marking.verdict(question, grade) if shown.correctness else ""
    is_scored = shown.score and verdict not in {"", "unmarked"}
    is_key_shown = shown.key and (verdict != "right" or known.repeats_keys)
    return Explained(
        position=question.position,
        heading=served.heading,
        stem_html=served.revision.stem_html,
        kind=kind,
        section=section,
        given=_given(question, shown, known),
        is_answered=question.is_answered,
        is_essay=question.kind == Revision.Kind.ESSAY,
        shown=shown,
        verdict=verdict,
        points=_points(question) if is_scored else "",
        weight=served.weight,
        is_sure=question.is_sure if served.attempt.asks_confidence else None,
        earned_all=served.fraction == FULL_FRACTION,
        wrong_tries=deducting.wrong_tries(question) if verdict == "right" else served.tries,
        is_hinted=served.is_hinted,
        remarks=_remarks(question, shown, grade, key),
        answer_html=key.answer_html if is_key_shown and key else "",
        rationale_html=key.rationale_html if shown.explanation and key else "",
        ground=_distinct(known.grounds[item]) if shown.explanation else Ground(),
        mark=known.marks.get(served.pk) if shown.correctness else None,
        changed=changed.policy if changed else "",
        changed_why=changed.reason if changed else "",
        is_dropped=served.is_dropped and shown.score,
    )


def _given(question: Question, shown: Shown, known: _Known) -> str:
    if not shown.answer:
        return ""
    return telling.words(question.answer, known.options[question.served.revision_id])


def _distinct(ground: Ground) -> Ground:
    """Each view once, of however many facts it is held."""
    views = {(*one.holders, one.stance): one for one in ground.views}
    return replace(ground, views=list(views.values()))


def _points(question: Question) -> str:
    return wording.marks(max(0, question.served.fraction or 0) * question.served.weight)


def _remarks(question: Question, shown: Shown, grade: Grade, key: Key | None) -> list[str]:
    """The author's words on the answer, and what is to be said of a date or a number."""
    if not shown.explanation:
        return []
    said = [*grade.feedback]
    if grade.remark and question.is_answered and shown.key:
        said.append(wording.remark(grade.remark, key.answer if key else ""))
    return said


def _score(sheet: Sheet) -> str:
    counted = [one.served for one in sheet.questions if not one.served.is_dropped]
    earned = sum(served.weight * (served.fraction or 0) for served in counted)
    return wording.score(max(0, earned), sheet.points)


def _has_passed(sheet: Sheet) -> bool | None:
    wanted = sheet.attempt.quiz.pass_fraction
    return None if wanted is None else (sheet.attempt.score or 0) >= wanted

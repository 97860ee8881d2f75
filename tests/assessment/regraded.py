"""A class whose answers are marked anew, and its marks worked out by other means than the site's.

What is here reads raw answers and the lines of regrades, and shares no code with marking.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import uuid5

from django.apps import apps

from quizzes.assessment import attempting, judging, regrading, responding, sheets
from quizzes.assessment.grading import Credit
from quizzes.assessment.models import Attempt, Mark, Regrade, Response, Served
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.responding import Given
from quizzes.cards.models import Review
from quizzes.items import contributing
from quizzes.items.models import AcceptedAnswer, Option, OptionKey, Revision
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import RIGHTS, make_assignment, make_item, make_quiz, sit

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHOLE = 10_000_000
KINDS = ("single", "several", "short_text", "essay")
RIGHT_TEXT = "Fel'dman"
TOLD_OF = {"Regrade", "RegradeChange", "RegradeCredit", "AuditLine", "Notice"}
"""The rows that tell of a regrade."""
NUMBERED_ANEW = {"ItemTally", "OptionTally", "DayTally"}
"""Sums whose rows go when nothing is left of them, and come again under another number."""


class Course:
    """Students of a class, and an assignment with a question of each kind."""

    def __init__(self, students=3, **terms):
        self.book = make_book()
        self.items = [
            make_item(self.book, kind, kind, position=n, is_card=kind != "essay")
            for n, kind in enumerate(KINDS)
        ]
        self.revisions = {one.kind: one for one in Revision.objects.order_by("pk")}
        self.lecturer = User.objects.create_user("vera")
        self.room = joining.open_classroom(self.lecturer, self.book, "Ours", NOON)
        self.students = [User.objects.create_user(f"student-{n}") for n in range(students)]
        for student in self.students:
            joining.enroll(self.room, student, NOON)
        self.quiz = make_quiz(self.book, *self.items)
        self.quiz.slots.filter(item=self.items[1]).update(weight=2)
        self.given = make_assignment(self.room, self.quiz, NOON, **terms)
        self.at = NOON

    def tick(self, **time):
        self.at += timedelta(**(time or {"minutes": 1}))
        return self.at

    def answer(self, student, answers):
        """Save answers by kind: places, or a text; what is not there stays blank."""
        sheet = sit(student, self.given, self.tick())
        given = [
            Given(one.position, raw(one, answers[one.kind]), one.sequence)
            for one in sheet.questions
            if answers.get(one.kind)
        ]
        responding.save(sheet, given, self.tick())
        return sheets.of(sheet.attempt)

    def hand_in(self, student, answers, essay=None):
        """A whole sitting; an essay that was written may get a mark."""
        attempt = attempting.hand_in(self.answer(student, answers), self.tick())
        if essay is not None and answers.get("essay"):
            self.judge(attempt, essay)
        return attempt

    def judge(self, attempt, essay):
        served = attempt.served.get(revision__kind="essay")
        judging.judge(served, self.lecturer, None, essay, "", self.tick())

    def rekey(self, kind="single", right=2):
        """A newer revision of a question with the same options and another key."""
        return rekeyed(self.revisions[kind], right, self.at)

    def lend(self, kind="single", right=2, by=None):
        """A copy of a question among somebody's own, with the same options and another key."""
        asked, author = self.revisions[kind], by or self.lecturer
        copy = contributing.adapt(asked.item, author, self.book, self.tick())
        copy.revision = rekeyed(asked, right, self.at, copy)
        copy.save()
        return copy.revision

    def propose(self, kind, policy, **rest):
        proposal = Proposal(policy, "The key was wrong.", **rest)
        return regrading.propose(
            self.given, self.revisions[kind], proposal, self.lecturer, self.tick()
        )

    def regrade(self, kind, policy, **rest):
        regrade = self.propose(kind, policy, **rest)
        regrading.apply(regrade, self.lecturer, self.tick())
        regrade.refresh_from_db()
        return regrade

    def undo(self, regrade):
        regrading.undo(regrade, self.lecturer, self.tick())


def rekeyed(asked, right, at, item=None):
    """A wording with the same options and another key: newer, or of another item."""
    item = item or asked.item
    newer = Revision.objects.create(
        item=item,
        number=item.revisions.count() + 1,
        kind=asked.kind,
        stem=asked.stem,
        stem_html=asked.stem_html,
        created_at=at,
    )
    for option in asked.options.order_by("position"):
        copy = Option.objects.create(revision=newer, position=option.position, text=option.text)
        OptionKey.objects.create(option=copy, fraction=WHOLE if option.position == right else 0)
    if asked.kind == "short_text":
        AcceptedAnswer.objects.create(revision=newer, position=0, text="Iakir")
    return newer


def raw(question, said):
    if isinstance(said, str):
        return {"text": said}
    shown = question.served.orders[0]
    return {"chosen": [shown.index(own) for own in sorted(said)]}


def option(place):
    return Credit(0, place)


def text(words):
    return Credit(0, words)


def rows():
    """Every row of the site but those that tell of regrades, without what only counts changes."""
    found, places = {}, _stand_ins()
    for model in apps.get_app_config("quizzes").get_models(include_auto_created=True):
        name = model.__name__
        if name in TOLD_OF:
            continue
        left_out = {"id"} if name in NUMBERED_ANEW else set()
        left_out |= {"version"} if name == "Card" else set()
        columns = [f.attname for f in model._meta.concrete_fields if f.attname not in left_out]
        told = [_as_told(name, row, places) for row in model._default_manager.values(*columns)]
        found[name] = sorted(repr(tuple(row.values())) for row in told)
    return found


def _stand_ins():
    """Reviews that stand in place of others which were marked anew, and those others."""
    keys = dict(Review.objects.values_list("uid", "pk"))
    pairs = [(keys.get(uuid5(uid, "marked anew")), pk) for uid, pk in keys.items()]
    return {new for new, _old in pairs if new}, {old for new, old in pairs if new}


def _as_told(name, row, places):
    """What an earlier regrade wrote, and a later one took away, comes back under a new number."""
    stand_ins, replaced = places
    if name == "Review" and row["id"] in stand_ins:
        return row | {"id": None}
    if name == "Action" and row["review_id"] in replaced:
        return row | {"id": None, "taken_back_at": None}
    return row


def expected(attempt):
    """The fraction of each question by position, whether it is out, and the score: worked out."""
    asked = Served.objects.filter(attempt=attempt).select_related("revision").order_by("position")
    is_closed = attempt.handed_in_at is not None
    marks, drops, weights = {}, {}, {}
    for served in asked:
        lines = _lines(attempt, served)
        marks[served.position] = _mark(served, _said(served), lines, is_closed)
        last = lines[-1] if lines and lines[-1].policy == "drop" and is_closed else None
        drops[served.position] = last
        weights[served.position] = served.weight
    out = _out(marks, drops, weights)
    left = [place for place in marks if place not in out]
    earned = sum(weights[place] * (marks[place] or 0) for place in left)
    exact = Decimal(earned) / sum(weights[place] for place in left) if left else Decimal()
    score = int(exact.to_integral_value(ROUND_HALF_UP))
    return marks, out, score if is_closed else None


def stored(attempt):
    served = Served.objects.filter(attempt=attempt).order_by("position")
    marks = dict(served.values_list("position", "fraction"))
    out = set(served.filter(is_dropped=True).values_list("position", flat=True))
    return marks, out, Attempt.objects.get(pk=attempt.pk).score


def _lines(attempt, served):
    found = Regrade.objects.filter(
        assignment=attempt.assignment, revision=served.revision, undone_at=None
    )
    return list(found.exclude(applied_at=None).order_by("applied_at"))


def _said(served):
    last = Response.objects.filter(served=served).order_by("sequence").last()
    if last is None:
        return None
    if "text" in last.answer:
        return last.answer["text"].strip() or None
    order = [int(place) for place in served.order_shown.split(",")]
    return {order[place] for place in last.answer["chosen"]} or None


def _mark(served, said, lines, is_closed):
    kind, own = served.revision.kind, None
    if kind == "essay":
        last = Mark.objects.filter(served=served).order_by("pk").last()
        own = last.fraction if last and said else None
    elif said is not None:
        own = _by(kind, said, RIGHTS.get(kind), RIGHT_TEXT)
    mark = own
    for line in lines:
        if line.policy == "drop":
            continue
        new = _under(line, kind, said, own, is_closed)
        mark = new if not line.never_lowers or (new or 0) > (mark or 0) else mark
    return mark


def _under(line, kind, said, own, is_closed):
    if line.policy == "everyone":
        return WHOLE if is_closed or said is not None else None
    if said is None or kind == "essay":
        return own
    if line.policy == "key":
        keyed = OptionKey.objects.filter(option__revision=line.key_revision, fraction__gt=0)
        rights = set(keyed.values_list("option__position", flat=True))
        return _by(kind, said, rights, "Iakir")
    credited = list(line.credits.all())
    if kind == "short_text":
        return WHOLE if said in {one.text for one in credited} else own
    also = {one.position for one in credited} & said
    if kind == "several":
        return _by(kind, said, RIGHTS[kind] | also, "")
    return WHOLE if also else own


def _by(kind, said, rights, right_text):
    if kind == "short_text":
        return WHOLE if said == right_text else 0
    if kind == "single":
        return WHOLE if said <= rights else 0
    found, taken, wrongs = len(said & rights), len(said - rights), 4 - len(rights)
    if wrongs == 0:
        return WHOLE * found // len(rights)
    return max(0, WHOLE * (found * wrongs - taken * len(rights)) // (len(rights) * wrongs))


def _out(marks, drops, weights):
    firm = {place for place, line in drops.items() if line and not line.never_lowers}
    soft = {place for place, line in drops.items() if line and line.never_lowers}
    counted = [place for place in marks if place not in firm]
    whole = sum(weights[place] for place in counted)
    earned = sum(weights[place] * (marks[place] or 0) for place in counted)
    low = {place for place in soft if (marks[place] or 0) * whole <= earned}
    return firm if len(firm | low) == len(marks) else firm | low


def by_learner(pairs):
    found = defaultdict(list)
    for learner, one in pairs:
        found[learner].append(one)
    return found

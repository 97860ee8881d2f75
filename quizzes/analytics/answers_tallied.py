"""Answers tallied: what was typed, matched and ranked, place by place, the most frequent first.

Of what is typed there is no end. So the rows read are those of answers that one in `RARE` gave in a
class, found by an index, and all of what was matched and ranked, which has an end: however many
attempts there were, there are no more of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import batched, chain
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONArray

from quizzes.analytics.advising import Choice
from quizzes.analytics.answer_keys import ACCEPTED, OPTION, Keyed, Rows
from quizzes.analytics.psychometrics import FEWEST
from quizzes.assessment.answering import CLOZE
from quizzes.assessment.models import OptionTally, Regrade, RegradeCredit
from quizzes.assessment.models.tallies import ALL_BANDS, GIVEN, LEFT_OUT
from quizzes.assessment.telling_apart import PLACED
from quizzes.items.filling import GAP
from quizzes.items.models import AcceptedAnswer, OptionKey, Precedence, Revision
from quizzes.prepared import prepared

if TYPE_CHECKING:
    from uuid import UUID

    from quizzes.analytics.tallied import Wording

RARE = 100
"""An answer that fewer than one in so many gave, in each class, is told with all the others."""
MOST_WRONG = 5
"""So many wrong answers are told in each place."""

_OPTIONED = (Revision.Kind.MATCHING, Revision.Kind.ORDERING)

_NO_TEXT = Value("", CharField())
_ANSWER = ("revision", "part", "answer", "said")
_TEXT = ("revision", "part", _NO_TEXT, "text")
_PAIR = ("revision", Value(0, IntegerField()), _NO_TEXT, _NO_TEXT, JSONArray("earlier", "later"))

type Asked = Mapping[UUID, int]
"""How many were asked a wording, by sample."""


@dataclass(slots=True)
class Given:
    """What is told of a wording: answers place by place, and in each who left it out of an answer.

    Where a place has no options, the right answers come first, then the most frequent wrong ones.
    """

    choices: Sequence[Choice] = ()
    left_out: dict[int, Choice] = field(default_factory=dict)


@dataclass(slots=True)
class _Read(Rows):
    """What was read: the keys, and the answers by revision, part and what tells them apart."""

    answers: dict[int, dict[int, dict[str, Choice]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )


def given(
    wordings: Iterable[Wording],
    asked_of: Callable[[int], Asked],
    chosen: Mapping[int, Sequence[Choice]],
    cut: int,
) -> dict[int, Given]:
    """What was given of these wordings, beside what was `chosen`; one query, or none.

    The upper half begins at the band `cut`. Of a wording that too few were asked, what is put in
    places is not told.
    """
    found = {pk: Given(choices) for pk, choices in chosen.items()}
    placed = [one for one in wordings if _has_places(one, chosen.get(one.pk, ()))]
    asked = {one.pk: asked_of(one.pk) for one in placed}
    told = {one.pk: one for one in placed if sum(asked[one.pk].values()) >= FEWEST}
    if not told:
        return found
    read = _read(told, asked, cut)
    for pk, one in told.items():
        is_whole = all(_least(one, n) == 1 for n in asked[pk].values())
        keyed = read.keyed(one.kind, pk, one.key)
        in_places, left_out = _given(keyed, read.answers.get(pk, {}), is_whole=is_whole)
        choices = sorted([*chosen.get(pk, ()), *in_places], key=lambda one: one.part)
        found[pk] = Given(choices, left_out)
    return found


def _has_places(one: Wording, options: Iterable[Choice]) -> bool:
    """A cloze question may have gaps to choose for, gaps to type in, and both."""
    if one.kind != CLOZE:
        return one.kind in PLACED
    gaps = {option.part for option in options}
    return not gaps or one.stem_html.count(GAP) != len(gaps)


def _given(
    keyed: Keyed, answers: Mapping[int, Mapping[str, Choice]], *, is_whole: bool
) -> tuple[list[Choice], dict[int, Choice]]:
    """`is_whole` says that the answers are all that were given."""
    told, left_out = list[Choice](), dict[int, Choice]()
    for part in sorted({*keyed.parts, *answers}):
        of_part = dict(answers.get(part, {}))
        left_out[part] = of_part.pop("", Choice(part, 0, "", is_key=False))
        choices = _told_apart(keyed, part, of_part)
        right = [one for one in choices if one.is_right]
        if is_whole:
            right += _not_given(keyed, part, choices)
        wrong = [one for one in choices if not one.is_right]
        told += [*right, *wrong[:MOST_WRONG]]
    return told, left_out


def _told_apart(keyed: Keyed, part: int, answers: Mapping[str, Choice]) -> list[Choice]:
    """The answers in one place, the most frequent first; those that mean the same are one."""
    found: dict[str, Choice] = {}
    for answer, one in sorted(answers.items(), key=lambda one: (-one[1].chosen, one[0])):
        same = keyed.same(part, answer, one.text)
        if same in found:
            found[same] = _together(found[same], one)
            continue
        found[same] = one._replace(
            text=keyed.said(answer, one.text),
            is_key=keyed.is_right(part, answer, one.text),
            is_credited=keyed.is_credited(part, one.text),
            place=keyed.place(part),
            is_typed=keyed.is_typed,
        )
    return sorted(found.values(), key=lambda one: -one.chosen)


def _together(first: Choice, other: Choice) -> Choice:
    return first._replace(
        chosen=first.chosen + other.chosen,
        upper=first.upper + other.upper,
        rest=first.rest + other.rest,
    )


def _not_given(keyed: Keyed, part: int, choices: Sequence[Choice]) -> list[Choice]:
    """Right answers that nobody gave; of those that may be typed one, if nobody gave any."""
    texts = [keyed.said(answer, "") for answer in keyed.rights(part)]
    if keyed.is_typed and not any(one.is_key for one in choices):
        texts = [keyed.main(part)]
    known = {one.text for one in choices}
    return [
        Choice(part, 0, text, is_key=True, place=keyed.place(part), is_typed=keyed.is_typed)
        for text in dict.fromkeys(texts)
        if text and text not in known
    ]


def _read(told: Mapping[int, Wording], asked: Mapping[int, Asked], cut: int) -> _Read:
    read = _Read()
    into = (None, read.accept, read.offer, read.precede, read.credit)
    for leg, revision, part, answer, text, numbers in _told(told, asked, cut):
        if put := into[leg]:
            put(revision, part, text, numbers)
        else:
            chosen, upper, rest = numbers
            choice = Choice(part, 0, text, is_key=False, chosen=chosen, upper=upper, rest=rest)
            read.answers[revision][part][answer] = choice
    return read


def _told(told: Mapping[int, Wording], asked: Mapping[int, Asked], cut: int) -> list[Any]:
    """The answers and all that their keys are made of."""
    groups: dict[tuple[UUID, int], list[int]] = defaultdict(list)
    for pk, one in told.items():
        for sample, n in asked[pk].items():
            groups[sample, _least(one, n)].append(pk)
    samples = {sample for sample, _least in groups}
    revisions = {*told, *(one.key for one in told.values())}
    policy = Regrade.Policy.CREDIT
    newest = [one.regrade for one in told.values() if one.regrade and one.policy == policy]
    enough = [(sample, least, pks) for (sample, least), pks in groups.items()]
    return _rows(samples, [*told], revisions, newest, cut, *chain.from_iterable(enough))


def _least(one: Wording, n: int) -> int:
    """By how many of `n` an answer must be given to be told apart."""
    return 1 if one.kind in _OPTIONED else max(1, -(-n // RARE))


@prepared
def _rows(
    samples: Collection[UUID],
    told: Collection[int],
    revisions: Collection[int],
    regrades: Collection[int],
    cut: int,
    *enough: Any,
) -> QuerySet[Any, Any]:
    """In one query, the number of each row says what it is.

    `enough` goes by threes: a sample, how many must have given an answer, and to which wordings.
    """
    answers = OptionTally.objects.filter(_frequent(samples, told, enough))
    accepted = AcceptedAnswer.objects.filter(revision__in=revisions)
    options = OptionKey.objects.filter(
        option__revision__in=revisions, option__revision__kind__in=_OPTIONED
    )
    pairs = Precedence.objects.filter(revision__in=revisions)
    credited = RegradeCredit.objects.filter(regrade__in=regrades, position=None)
    of_option = ("option__revision", "option__part", _NO_TEXT, "option__text")
    return _leg(0, answers, *_ANSWER, _counts(samples, cut)).union(
        _leg(1, accepted, *_TEXT, JSONArray(*ACCEPTED)),
        _leg(2, options, *of_option, JSONArray(*OPTION)),
        _leg(3, pairs, *_PAIR),
        _leg(4, credited, "regrade__revision", *_TEXT[1:], JSONArray()),
        all=True,
    )


def _leg(number: int, rows: QuerySet[Any, Any], *columns: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(number, IntegerField()), *columns)


def _frequent(samples: Collection[UUID], told: Collection[int], enough: Iterable[Any]) -> Q:
    """In each sample the answers that enough gave, and who left a place empty."""
    empty = Q(sample__in=samples, revision__in=told, position=LEFT_OUT, band=ALL_BANDS)
    given = (
        Q(sample=sample, revision__in=pks, position=GIVEN, band=ALL_BANDS, chosen__gte=least)
        for sample, least, pks in batched(enough, 3)
    )
    return reduce(or_, given, empty)


def _counts(samples: Collection[UUID], cut: int) -> Subquery:
    """Who gave the answer of an outer row, in all samples: as a list, all, upper half and rests."""
    same = {name: OuterRef(name) for name in ("revision", "position", "part", "answer")}
    rows = OptionTally.objects.filter(sample__in=samples, **same)
    of_all, of_upper = Q(band=ALL_BANDS), Q(band__gte=cut, band__lt=ALL_BANDS)
    counts = JSONArray(
        Sum("chosen", filter=of_all),
        Coalesce(Sum("chosen", filter=of_upper), 0),
        Sum("rest_sum", filter=of_all),
    )
    return Subquery(rows.order_by().values("revision").values_list(counts))

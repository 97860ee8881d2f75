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

_NO_TEXT, _NOBODY = Value("", CharField()), Value(0, IntegerField())
_ANSWER = ("revision", "part", "answer", "said", "chosen")
_OPTION = ("revision", "part", "answer", _NO_TEXT, _NOBODY)
_TEXT = ("revision", "part", _NO_TEXT, "text", _NOBODY)
_PAIR = ("revision", _NOBODY, _NO_TEXT, _NO_TEXT, _NOBODY, JSONArray("earlier", "later"))

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
    into = (None, None, read.accept, read.offer, read.precede, read.credit)
    rows = sorted(_told(told, asked, cut), key=_commonest)
    for leg, revision, part, answer, text, _times, numbers in rows:
        if put := into[leg]:
            put(revision, part, text, numbers)
        else:
            chosen, upper, rest = numbers
            choice = Choice(part, 0, text, is_key=False, chosen=chosen, upper=upper, rest=rest)
            read.answers[revision][part].setdefault(answer, choice)
    return read


def _commonest(row: Sequence[Any]) -> tuple[int, str]:
    """Of the spellings that classes have for one answer, that of the class where most gave it."""
    *_rest, text, times, _numbers = row
    return -times, text


def _told(told: Mapping[int, Wording], asked: Mapping[int, Asked], cut: int) -> list[Any]:
    """The answers and all that their keys are made of."""
    groups: dict[tuple[UUID, int], list[int]] = defaultdict(list)
    optioned = [pk for pk, one in told.items() if one.kind in _OPTIONED]
    for pk in told.keys() - optioned:
        for sample, n in asked[pk].items():
            groups[sample, _least(told[pk], n)].append(pk)
    samples = {sample for pk in told for sample in asked[pk]}
    revisions = {*told, *(one.key for one in told.values())}
    policy = Regrade.Policy.CREDIT
    newest = [one.regrade for one in told.values() if one.regrade and one.policy == policy]
    enough = [(sample, least, pks) for (sample, least), pks in groups.items()]
    every = chain.from_iterable(enough)
    return _rows(samples, [*told], optioned, revisions, newest, cut, *every)


def _least(one: Wording, n: int) -> int:
    """By how many of `n` an answer must be given to be told apart."""
    return 1 if one.kind in _OPTIONED else max(1, -(-n // RARE))


@prepared
def _rows(
    samples: Collection[UUID],
    told: Collection[int],
    optioned: Collection[int],
    revisions: Collection[int],
    regrades: Collection[int],
    cut: int,
    *enough: Any,
) -> QuerySet[Any, Any]:
    """In one query, the number of each row says what it is.

    `enough` goes by threes: a sample, how many must have given a text, and to which wordings.
    """
    texts = OptionTally.objects.filter(_frequent(enough))
    ended = _ended(samples, told, optioned).values("revision", "part", "answer")
    accepted = AcceptedAnswer.objects.filter(revision__in=revisions)
    options = OptionKey.objects.filter(
        option__revision__in=revisions, option__revision__kind__in=_OPTIONED
    )
    pairs = Precedence.objects.filter(revision__in=revisions)
    credited = RegradeCredit.objects.filter(regrade__in=regrades, position=None)
    of_option = ("option__revision", "option__part", _NO_TEXT, "option__text", _NOBODY)
    return _leg(0, texts, *_ANSWER, _counts(samples, cut)).union(
        _leg(1, ended.annotate(counts=_summed(Q(), cut)), *_OPTION, "counts"),
        _leg(2, accepted, *_TEXT, JSONArray(*ACCEPTED)),
        _leg(3, options, *of_option, JSONArray(*OPTION)),
        _leg(4, pairs, *_PAIR),
        _leg(5, credited, "regrade__revision", *_TEXT[1:], JSONArray()),
        all=True,
    )


def _leg(number: int, rows: QuerySet[Any, Any], *columns: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(number, IntegerField()), *columns)


def _frequent(enough: Iterable[Any]) -> Q:
    """In each sample the texts that enough gave."""
    given = (
        Q(sample=sample, revision__in=pks, position=GIVEN, band=ALL_BANDS, chosen__gte=least)
        for sample, least, pks in batched(enough, 3)
    )
    return reduce(or_, given, Q(pk__in=[]))


def _ended(
    samples: Collection[UUID], told: Collection[int], optioned: Collection[int]
) -> QuerySet[OptionTally]:
    """What has an end, band by band: the options that were given, and who left a place empty."""
    empty = Q(sample__in=samples, revision__in=told, position=LEFT_OUT)
    given = Q(sample__in=samples, revision__in=optioned, position=GIVEN)
    return OptionTally.objects.filter(empty | given).order_by()


def _counts(samples: Collection[UUID], cut: int) -> Subquery:
    """Who gave the text of an outer row, in all samples."""
    same = {name: OuterRef(name) for name in ("revision", "position", "part", "answer")}
    rows = OptionTally.objects.filter(sample__in=samples, **same)
    counts = _summed(Q(band=ALL_BANDS), cut)
    return Subquery(rows.order_by().values("revision").values_list(counts))


def _summed(whole: Q, cut: int) -> JSONArray:
    """How many gave an answer, those of the upper half, and the rests; from `whole` rows of it."""
    upper = Q(band__gte=cut, band__lt=ALL_BANDS)
    return JSONArray(
        Sum("chosen", filter=whole),
        Coalesce(Sum("chosen", filter=upper), 0),
        Sum("rest_sum", filter=whole),
    )

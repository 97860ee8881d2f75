"""What is right in an authored question, by its kind, as options and accepted answers.

Where the author left the key to the first tested fact, it is read from there.
"""

from collections.abc import Callable, Iterable
from itertools import combinations

from quizzes.content import sequences
from quizzes.content.packs.shapes import Choice, Gap, Question
from quizzes.items import filling, phrasing, rendering, typed_keys
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.keyed import Keyed, NotMarkableError
from quizzes.items.phrasing import sentence
from quizzes.items.recipes.stances import CLASSES
from quizzes.items.snapshotting import Snapshot
from quizzes.items.wordings import CriterionWording, OptionWording, Precedes


def keyed(question: Question, seen: Snapshot) -> Keyed:
    """The key of a question; raises `NotMarkableError` where there is none."""
    return _KINDS[question.kind](question, seen)


def _pk(seen: Snapshot, slug: str | None) -> int | None:
    return seen.rows[slug].pk if slug in seen.rows else None


def _said(why: str | None) -> str:
    return sentence(why) if why else ""


def _options(choices: Iterable[Choice], seen: Snapshot, part: int = 0) -> list[OptionWording]:
    """Right options share the mark evenly."""
    choices = list(choices)
    worth = FULL_FRACTION // max(1, sum(choice.correct for choice in choices))
    return [
        OptionWording(
            text=choice.text,
            part=part,
            fraction=worth if choice.correct else 0,
            feedback=_said(choice.why),
            fact=_pk(seen, choice.fact),
        )
        for choice in choices
    ]


def _chosen(question: Question, seen: Snapshot) -> Keyed:
    right = [choice.text for choice in question.options if choice.correct]
    return Keyed(answer="; ".join(right), options=tuple(_options(question.options, seen)))


def _classified(question: Question, seen: Snapshot) -> Keyed:
    if question.options:
        return _chosen(question, seen)
    kinds = [seen.facts.argument[s].kind for s in question.tests if s in seen.facts.argument]
    if not kinds:
        raise NotMarkableError("no argument is tested that would tell its class")
    options = tuple(
        OptionWording(text=text, fraction=FULL_FRACTION if kind == kinds[0] else 0)
        for kind, text in CLASSES.items()
    )
    return Keyed(answer=CLASSES[kinds[0]], options=options)


def _cloze(question: Question, seen: Snapshot) -> Keyed:
    """Each gap is a part; its key is typed answers or options.

    In the short form one gap takes all accepted answers, and several take one each, in order.
    """
    count = question.stem.count(filling.GAP)
    gaps = question.gaps or _short(question, count)
    if not gaps or len(gaps) != count:
        raise NotMarkableError(f"{count} gaps and {len(gaps)} keys do not match")
    keys = [_gap(gap, part, question, seen) for part, gap in enumerate(gaps)]
    answers = [key.answer for key in keys]
    return Keyed(
        answer="; ".join(answers),
        answer_html=filling.filled(question.stem, answers),
        options=tuple(option for key in keys for option in key.options),
        accepted=tuple(answer for key in keys for answer in key.accepted),
    )


def _short(question: Question, count: int) -> list[Gap]:
    if count == 1 and question.accepted:
        return [Gap(accepted=question.accepted)]
    return [Gap(accepted=[one]) for one in question.accepted]


def _gap(gap: Gap, part: int, question: Question, seen: Snapshot) -> Keyed:
    if gap.kind == "choice":
        right = next((choice.text for choice in gap.options if choice.correct), "")
        return Keyed(answer=right, options=tuple(_options(gap.options, seen, part)))
    accepted = typed_keys.written(gap.kind, gap.accepted, question, seen)
    main = typed_keys.main(accepted)
    if main is None:
        raise NotMarkableError(f"nothing earns the whole mark in gap {part + 1}")
    return Keyed(answer=main.text, accepted=tuple(one.at(part) for one in accepted))


def _matching(question: Question, seen: Snapshot) -> Keyed:
    """Left sides are part 0, right sides part 1; each left one knows the place of its match.

    The right sides that match nothing stand behind those that do.
    """
    pairs = [(pair.left, pair.right) for pair in question.pairs]
    lefts = [
        OptionWording(
            text=pair.left, match=place, feedback=_said(pair.why), fact=_pk(seen, pair.fact)
        )
        for place, pair in enumerate(question.pairs)
    ]
    rights = [OptionWording(text=right, part=1) for _left, right in pairs]
    extra = [
        OptionWording(text=one.text, part=1, feedback=_said(one.why))
        for one in question.distractors
    ]
    return Keyed(
        answer="; ".join(f"{left} – {right}" for left, right in pairs),
        answer_html=rendering.paired(pairs),
        options=(*lefts, *rights, *extra),
    )


def _ordering(question: Question, seen: Snapshot) -> Keyed:
    """The place in the order is an option's rank.

    Where the book orders some of those that share a place, all that it orders is written out.
    """
    places = [(slug, rank) for rank, group in enumerate(question.order) for slug in group]
    if any(slug not in seen.rows for slug, _rank in places):
        raise NotMarkableError("it orders facts that the book does not hold")
    rows = [seen.rows[slug] for slug, _rank in places]
    options = tuple(
        OptionWording(text=row.label, rank=rank, fact=row.pk)
        for row, (_slug, rank) in zip(rows, places, strict=True)
    )
    inner, precedes = _precedes(places, seen)
    steps = [
        phrasing.together(
            [seen.rows[slug].label for slug in group],
            [
                (seen.rows[one].label, seen.rows[other].label)
                for one, other in inner
                if one in group
            ],
        )
        for group in question.order
    ]
    return Keyed(
        answer=" → ".join(steps),
        answer_html=rendering.numbered(steps),
        options=options,
        precedes=precedes if inner else frozenset(),
    )


def _precedes(
    places: list[tuple[str, int]], seen: Snapshot
) -> tuple[list[tuple[str, str]], frozenset[Precedes]]:
    """The ordered pairs that share a place, and all ordered pairs by their own places."""
    events = seen.facts.events
    after = sequences.after(
        {one.slug: one.when.fuzzy for one in events}, {one.slug: one.before for one in events}
    )
    pairs = list(combinations(enumerate(places), 2))
    inner = [
        (one, other)
        for (_, (one, rank)), (_, (other, later)) in pairs
        if rank == later and other in after.get(one, ())
    ]
    known = frozenset(
        (first, second)
        for (first, (one, rank)), (second, (other, later)) in pairs
        if rank < later or other in after.get(one, ())
    )
    return inner, known


def _essay(question: Question, _seen: Snapshot) -> Keyed:
    """Marked by a person, by the rubric; without a model answer the explanation is one."""
    criteria = tuple(CriterionWording(text=one.text, weight=one.weight) for one in question.rubric)
    return Keyed(answer=question.model_answer or question.explanation, criteria=criteria)


_KINDS: dict[str, Callable[[Question, Snapshot], Keyed]] = {
    "single": _chosen,
    "several": _chosen,
    "true_false": _chosen,
    "classify": _classified,
    "short_text": typed_keys.text,
    "number": typed_keys.number,
    "date": typed_keys.date,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
}

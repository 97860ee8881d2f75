"""The wording that a written question comes to; and the question back again.

Pure and total: whatever was typed is read as far as it goes, and `criticizing` says what is
missing. `read` gives back what `wording` was made of, so that a form that was filled from a
question and is saved unchanged has nothing to write.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from quizzes.content import dates
from quizzes.items import accepting, phrasing
from quizzes.items.accepting import counted
from quizzes.items.compositions import (
    GAP,
    TYPED,
    Choice,
    Composition,
    Line,
    Pair,
    Spare,
    Typed,
    answered,
    canonical,
    clean,
)
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.wordings import AnswerWording, OptionWording, Wording


def unreadable(one: Typed, typing: str) -> bool:
    """Whether a typed answer is no number or no date where one is wanted."""
    if typing == "number":
        return accepting.number(one.said) is None
    return typing == "date" and dates.parse(one.said) is None


def wording(typed: Composition, before: Wording | None = None) -> Wording:
    """What a revision freezes of a question; its HTML is `typesetting`'s.

    What `before` said in the same words it goes on meaning: the days of a date that only its
    book explains, and which lines of an order may stand in either order.
    """
    one = canonical(typed)
    known = {_read_answer(a, one): a for a in before.accepted} if before else {}
    accepted = tuple(found for t in one.typed if (found := _accepted(t, one, known)) is not None)
    options = _options(one)
    is_same_order = before is not None and before.options == options
    return Wording(
        kind=one.kind,
        stem=one.stem,
        answer=_told(one, accepted),
        rationale=one.explanation,
        hint=one.hint,
        is_shuffled=one.is_shuffled,
        is_case_exact=one.is_case_exact,
        is_accent_exact=one.is_accent_exact,
        options=options,
        accepted=accepted,
        precedes=before.precedes if before and is_same_order else frozenset(),
        criteria=one.criteria,
        is_markdown=True,
    )


def _accepted(
    one: Typed, within: Composition, known: dict[Typed, AnswerWording]
) -> AnswerWording | None:
    """The answer as a key holds it; none where it cannot be read."""
    if one in known:
        return known[one]
    typing = within.typing(one.gap)
    value, when = accepting.number(one.said), dates.parse(one.said)
    answer = AnswerWording(text=one.said)
    if typing == "number":
        if value is None:
            return None
        answer = counted(value, one.bound or "exact", one.shown or None)
    elif typing == "date":
        if when is None:
            return None
        answer = accepting.dated(when)
    return replace(
        answer, part=one.gap, tolerance=one.tolerance, fraction=one.share, feedback=one.feedback
    )


def _options(one: Composition) -> tuple[OptionWording, ...]:
    if one.kind == "matching":
        return _matched(one)
    if one.kind == "ordering":
        ranked = zip(one.lines, _ranks(one.lines), strict=True)
        return tuple(
            OptionWording(text=line.text, rank=rank, feedback=line.feedback, fact=line.fact)
            for line, rank in ranked
        )
    rights = sum(choice.share > 0 for choice in one.choices)
    even = FULL_FRACTION // max(1, rights)
    is_even = one.kind == "several"
    return tuple(
        OptionWording(
            text=choice.text,
            part=choice.gap,
            fraction=even if is_even and choice.share > 0 else choice.share,
            feedback=choice.feedback,
            fact=choice.fact,
        )
        for choice in one.choices
    )


def _matched(one: Composition) -> tuple[OptionWording, ...]:
    """Left sides are part 0, right sides part 1, and those that match nothing come last."""
    lefts = [
        OptionWording(text=pair.left, match=place, feedback=pair.feedback, fact=pair.fact)
        for place, pair in enumerate(one.pairs)
    ]
    rights = [OptionWording(text=pair.right, part=1) for pair in one.pairs]
    spares = [OptionWording(text=s.text, part=1, feedback=s.feedback) for s in one.spares]
    return (*lefts, *rights, *spares)


def _ranks(lines: Sequence[Line]) -> list[int]:
    ranks: list[int] = []
    for line in lines:
        ranks.append(ranks[-1] + (not line.is_level) if ranks else 0)
    return ranks


def _told(one: Composition, accepted: Sequence[AnswerWording]) -> str:
    """The answer in words."""
    match one.kind:
        case "matching":
            return "; ".join(f"{pair.left} – {pair.right}" for pair in one.pairs)
        case "ordering":
            return " → ".join(steps(_options(one)))
        case "cloze":
            return "; ".join(gap_answers(one.gap_count, _options(one), accepted))
        case "essay":
            return one.answer or one.explanation
        case kind if kind in TYPED:
            main = next((answer for answer in accepted if answer.fraction == FULL_FRACTION), None)
            return main.text if main else ""
    return "; ".join(choice.text for choice in one.choices if choice.share > 0)


def steps(lines: Sequence[OptionWording]) -> list[str]:
    """The places of an order in words, those that share one together."""
    ranked = sorted(lines, key=lambda line: line.rank or 0)
    groups = groupby(ranked, key=lambda line: line.rank)
    return [phrasing.together([line.text for line in group]) for _rank, group in groups]


def gap_answers(
    count: int, options: Sequence[OptionWording], accepted: Sequence[AnswerWording]
) -> list[str]:
    """What fills each gap, empty where nothing does."""
    chosen = {o.part: o.text for o in reversed(options) if o.fraction > 0}
    typed = {a.part: a.text for a in reversed(accepted) if a.fraction == FULL_FRACTION}
    return [chosen.get(gap) or typed.get(gap, "") for gap in range(count)]


def read(wording: Wording) -> Composition:
    """A wording as its author would have written it."""
    kind = wording.kind
    gaps = tuple(_gap_kind(wording, gap) for gap in range(wording.stem.count(GAP)))
    bare = Composition(
        kind=kind,
        stem=clean(wording.stem),
        gaps=gaps if kind == "cloze" else (),
        criteria=wording.criteria,
        answer="" if wording.answer == wording.rationale else wording.answer,
        explanation=wording.rationale,
        hint=wording.hint,
        is_shuffled=wording.is_shuffled,
        is_case_exact=wording.is_case_exact,
        is_accent_exact=wording.is_accent_exact,
    )
    return canonical(
        replace(
            bare,
            choices=tuple(map(_read_choice, wording.options)),
            typed=tuple(_read_answer(answer, bare) for answer in wording.accepted),
            pairs=_read_pairs(wording) if kind == "matching" else (),
            spares=_read_spares(wording) if kind == "matching" else (),
            lines=_read_lines(wording) if kind == "ordering" else (),
        )
    )


def _gap_kind(wording: Wording, gap: int) -> str:
    if any(option.part == gap for option in wording.options):
        return "choice"
    here = [answer for answer in wording.accepted if answer.part == gap]
    if any(answer.number is not None for answer in here):
        return "number"
    return "date" if any(answer.precision for answer in here) else "text"


def _read_choice(option: OptionWording) -> Choice:
    return Choice(
        text=option.text,
        share=option.fraction,
        feedback=option.feedback,
        fact=option.fact,
        gap=option.part,
    )


def _read_answer(answer: AnswerWording, within: Composition) -> Typed:
    said, shown = answer.text, ""
    if answer.number is not None:
        said, shown = f"{answer.number.normalize():f}", answer.text
    typed = Typed(
        said=said,
        share=answer.fraction,
        tolerance=answer.tolerance,
        bound=answer.bound,
        shown=shown,
        feedback=answer.feedback,
        gap=answer.part if within.kind == "cloze" else 0,
    )
    return answered(typed, within)


def _rights(wording: Wording) -> list[OptionWording]:
    return [option for option in wording.options if option.part == 1]


def _read_pairs(wording: Wording) -> tuple[Pair, ...]:
    rights = [right.text for right in _rights(wording)]
    return tuple(
        Pair(
            left=left.text,
            right=rights[left.match] if left.match is not None and left.match < len(rights) else "",
            feedback=left.feedback,
            fact=left.fact,
        )
        for left in wording.options
        if left.part == 0
    )


def _read_spares(wording: Wording) -> tuple[Spare, ...]:
    taken = {option.match for option in wording.options if option.part == 0}
    rights = enumerate(_rights(wording))
    return tuple(Spare(text=r.text, feedback=r.feedback) for n, r in rights if n not in taken)


def _read_lines(wording: Wording) -> tuple[Line, ...]:
    ranked = sorted(wording.options, key=lambda line: line.rank or 0)
    above = [None, *(line.rank for line in ranked)]
    return tuple(
        Line(text=o.text, is_level=o.rank == before, feedback=o.feedback, fact=o.fact)
        for o, before in zip(ranked, above, strict=False)
    )

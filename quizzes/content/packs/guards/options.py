"""Wrong options are wrong, differ from one another, and say why they are wrong."""

from collections.abc import Iterator, Mapping

from quizzes.content import dates
from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Asked, choosing
from quizzes.content.packs.guards.quantities import BOUND_WORDS
from quizzes.content.packs.guards.ties import Tie, ties
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Choice, Figure, Question

RULE = "distractor"
Tied = Mapping[str, frozenset[Tie]]


def faults(contents: Contents) -> Iterator[Fault]:
    """Options that say the same, lack their `why` or the telling difference, or are also true."""
    names, tied = figures_by_name(contents), ties(contents)
    for item in choosing(contents):
        if isinstance(item.item, Question):
            yield from _same(item)
            yield from _without_why(item)
            yield from _also_true(contents, item, names, tied)
            yield from _without_tell(contents, item, item.item)


def figures_by_name(contents: Contents) -> dict[str, Figure]:
    """Every figure by each of its names, normalized."""
    return {
        wording.normalized(name): figure
        for figure in contents.figures
        for name in (figure.name, figure.sort_name, *(alias.text for alias in figure.aliases))
    }


def figure_of(contents: Contents, names: dict[str, Figure], choice: Choice) -> Figure | None:
    """The figure that an option stands for, by its fact or by its text."""
    by_fact = contents.figure_of.get(choice.fact or "")
    return by_fact or names.get(wording.normalized(choice.text))


def _same(item: Asked) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, choice in item.options:
        said = wording.normalized(choice.text)
        if said in seen:
            message = f"“{choice.text}” says the same as “{seen[said]}”"
            yield Fault((*path, "text"), RULE, message, "Let the options differ in words")
        seen.setdefault(said, choice.text)


def _without_why(item: Asked) -> Iterator[Fault]:
    is_bare = isinstance(item.item, Question) and item.item.kind == "true_false"
    for path, choice in item.wrong:
        if not choice.why and not is_bare:
            message = f"The wrong option “{choice.text}” does not say why"
            yield Fault(path, "why", message, "Add `why`: what was mixed up")


def _also_true(
    contents: Contents, item: Asked, names: dict[str, Figure], tied: Tied
) -> Iterator[Fault]:
    for path, wrong in item.wrong:
        for _, right in item.right:
            reason = same_answer(right.text, wrong.text) or _same_tie(
                item, tied, figure_of(contents, names, right), figure_of(contents, names, wrong)
            )
            if reason:
                message = f"“{wrong.text}” is true too: {reason}"
                yield Fault((*path, "text"), RULE, message, "Choose another wrong option")


def same_answer(right: str, wrong: str) -> str:
    """Why a wrong option gives the right date or number in other words, or nothing."""
    one, other = dates.parse(right), dates.parse(wrong)
    if one and other and dates.overlap(one, other):
        return f"its date overlaps with {right}"
    bare = _without_bounds(wrong)
    if numerals(wrong) and bare == wording.normalized(wrong) and bare == _without_bounds(right):
        return f"it is the number of {right} without its bound"
    return ""


def _without_bounds(text: str) -> str:
    said = f" {wording.normalized(text)} "
    for words in BOUND_WORDS.values():
        for word in words:
            said = said.replace(f" {word} ", " ")
    return said.strip()


def _same_tie(item: Asked, tied: Tied, right: Figure | None, wrong: Figure | None) -> str:
    """Why both figures answer alike: the same tie to the same fact; nothing if they differ.

    A question that tests the right figure itself may ask for what is its own alone.
    """
    if right is None or wrong is None or right.slug in item.item.tests:
        return ""
    shared = tied.get(right.slug, frozenset()) & tied.get(wrong.slug, frozenset())
    tested = sorted(tie for tie in shared if tie.fact in item.item.tests)
    return f"`{tested[0].fact}` has both as {tested[0].how}" if tested else ""


def _without_tell(contents: Contents, item: Asked, question: Question) -> Iterator[Fault]:
    right = {choice.fact for _, choice in item.right}
    for path, wrong in item.wrong:
        for confusable in contents.confusables:
            pair = set(confusable.pair)
            if wrong.fact not in pair or not (pair - {wrong.fact}) & right:
                continue
            if not wording.says(f"{question.explanation} {wrong.why or ''}", confusable.tell):
                first, second = confusable.pair
                message = f"The explanation does not tell `{first}` from `{second}`"
                remedy = f"Say in `why` or in the explanation: {confusable.tell}"
                yield Fault(path, "tell", message, remedy)

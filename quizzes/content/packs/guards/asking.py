"""Authored questions and cards alike, as what is shown and what is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizzes.content.packs.contents import Contents
from quizzes.content.packs.shapes import AcceptedShape, Agent, Card, Choice, Fact, Question
from quizzes.content.packs.shapes.parts import AgentShape, Path

Said = tuple[Path, str]
"""A text and where it stands."""

GAP = "___"
"""What a stem shows in place of the words that a cloze asks for."""

_TYPED = {"short_text": "text", "number": "number", "date": "date"}


@dataclass(frozen=True)
class Asked:
    """A question or a card, with the facts that it tests.

    `options` are what it gives to choose from, each with its place; `bare` are the places of keys
    that are mere numbers, as a learner may type them.
    """

    item: Question | Card
    facts: list[Fact]
    shown: Said
    keyed: list[Said]
    framing: AgentShape | None
    options: Sequence[tuple[Path, Choice]] = ()
    bare: frozenset[Path] = frozenset()

    @property
    def path(self) -> Path:
        return self.item.path

    @property
    def right(self) -> list[tuple[Path, Choice]]:
        return [(path, choice) for path, choice in self.options if choice.correct]

    @property
    def wrong(self) -> list[tuple[Path, Choice]]:
        return [(path, choice) for path, choice in self.options if not choice.correct]


@dataclass(frozen=True)
class Typing:
    """One place for a typed answer: what is typed there, and what is accepted, with its places."""

    kind: str
    path: Path
    accepted: list[tuple[Path, AcceptedShape]]


def asked(contents: Contents) -> Iterator[Asked]:
    """Every item that is not retired: what is retired is asked no more."""
    items: list[Question | Card] = [*contents.questions, *contents.cards]
    for item in items:
        if item.state != "retired":
            yield _asked(contents, item)


def choosing(contents: Contents) -> Iterator[Asked]:
    """Whatever gives options to choose from: questions, and each gap that does."""
    for item in asked(contents):
        yield item
        if isinstance(item.item, Question):
            for index, gap in enumerate(item.item.gaps):
                base = (*item.path, "gaps", index)
                yield replace(item, options=_options(base, gap.options), keyed=[])


def typings(question: Question) -> Iterator[Typing]:
    """The places of a question in which something is typed, one a gap."""
    base = question.path
    accepted = [((*base, "accepted", n), one) for n, one in enumerate(question.accepted)]
    if question.kind in _TYPED:
        yield Typing(_TYPED[question.kind], (*base, "accepted"), accepted)
    elif question.kind == "cloze" and accepted and question.stem.count(GAP) > 1:
        yield from (Typing("text", path, [(path, one)]) for path, one in accepted)
    elif question.kind == "cloze" and accepted:
        yield Typing("text", (*base, "accepted"), accepted)
    for index, gap in enumerate(question.gaps):
        if gap.kind != "choice":
            path = (*base, "gaps", index)
            found = [((*path, "accepted", n), one) for n, one in enumerate(gap.accepted)]
            yield Typing(gap.kind, path, found)


def _options(base: Path, choices: Sequence[Choice]) -> list[tuple[Path, Choice]]:
    return [((*base, "options", index), choice) for index, choice in enumerate(choices)]


def _asked(contents: Contents, item: Question | Card) -> Asked:
    facts = contents.tested(item)
    if isinstance(item, Card):
        shown, back = ((*item.path, "front"), item.front), ((*item.path, "back"), item.back)
        return Asked(item, facts, shown, [back], None)
    options = _options(item.path, item.options)
    whole = [(path, one) for place in typings(item) for path, one in place.accepted if _earns(one)]
    framing: Agent | None = item.framing.according_to if item.framing else None
    return Asked(
        item,
        facts,
        shown=((*item.path, "stem"), item.stem),
        keyed=[*_right_texts(item, options), *((path, one.said) for path, one in whole)],
        framing=framing,
        options=options,
        bare=frozenset(path for path, one in whole if one.number is not None),
    )


def _earns(one: AcceptedShape) -> bool:
    return one.share == 1


def _right_texts(item: Question, options: list[tuple[Path, Choice]]) -> Iterator[Said]:
    """The right options, those of gaps as well, and what an essay should say."""
    for index, gap in enumerate(item.gaps):
        options = [*options, *_options((*item.path, "gaps", index), gap.options)]
    for path, choice in options:
        if choice.correct:
            yield (*path, "text"), choice.text
    if item.model_answer:
        yield (*item.path, "model_answer"), item.model_answer

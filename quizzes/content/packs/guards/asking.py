"""Authored questions and cards alike, as what is shown and what is right."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.content.packs.contents import Contents
from quizzes.content.packs.shapes import Agent, Card, Choice, Fact, Question
from quizzes.content.packs.shapes.parts import AgentShape, Path

Said = tuple[Path, str]
"""A text and where it stands."""


@dataclass(frozen=True)
class Asked:
    """A question or a card, with the facts that it tests."""

    item: Question | Card
    facts: list[Fact]
    shown: Said
    keyed: list[Said]
    framing: AgentShape | None

    @property
    def path(self) -> Path:
        return self.item.path

    @property
    def options(self) -> list[tuple[Path, Choice]]:
        """The options of a question, each with its place; a card has none."""
        choices = self.item.options if isinstance(self.item, Question) else []
        return [((*self.path, "options", index), choice) for index, choice in enumerate(choices)]

    @property
    def right(self) -> list[tuple[Path, Choice]]:
        return [(path, choice) for path, choice in self.options if choice.correct]

    @property
    def wrong(self) -> list[tuple[Path, Choice]]:
        return [(path, choice) for path, choice in self.options if not choice.correct]


def asked(contents: Contents) -> Iterator[Asked]:
    """Every item that is not retired: what is retired is asked no more."""
    items: list[Question | Card] = [*contents.questions, *contents.cards]
    for item in items:
        if item.state != "retired":
            yield _asked(contents, item)


def _asked(contents: Contents, item: Question | Card) -> Asked:
    facts = contents.tested(item)
    if isinstance(item, Card):
        shown, back = ((*item.path, "front"), item.front), ((*item.path, "back"), item.back)
        return Asked(item, facts, shown, [back], None)
    keyed = [
        ((*item.path, "options", index, "text"), choice.text)
        for index, choice in enumerate(item.options)
        if choice.correct
    ]
    keyed += [
        ((*item.path, "accepted", index), str(answer)) for index, answer in enumerate(item.accepted)
    ]
    framing: Agent | None = item.framing.according_to if item.framing else None
    return Asked(item, facts, ((*item.path, "stem"), item.stem), keyed, framing)

"""What a recipe hands over: a draft, and the candidates for its wrong options."""

from collections.abc import Callable, Iterable, Iterator

from quizzes.items.distractors.choosing import Candidate
from quizzes.items.drafts import Direction, Draft
from quizzes.items.snapshots import BookFacts, Fact

type Proposal = tuple[Draft, Iterable[Candidate]]
type Recipe = Callable[[BookFacts], Iterator[Proposal]]


def about(
    fact: Fact,
    recipe: str,
    direction: Direction,
    *,
    stem: str,
    answer: str,
    rationale: str,
    skill: str = "recall",
    difficulty: int = 1,
) -> Draft:
    """A draft about one fact."""
    return Draft(
        recipe=recipe,
        direction=direction,
        subject=fact.slug,
        stem=stem,
        answer=answer,
        rationale=rationale,
        skill=skill,
        difficulty=difficulty,
    )

"""What the source allows an author to say; each module holds one kind of carelessness.

A guard is a function from the contents to faults. It judges what it can see and leaves alone
what hangs on an unknown slug: `references` has reported that. Guards that read words know
English only and are silent for packs in another language.
"""

from collections.abc import Iterator

from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards import (
    blueprints,
    coverage,
    dating,
    forms,
    gaps,
    hinting,
    matching,
    naming,
    options,
    ordering,
    pages,
    quantities,
    rubrics,
    stances,
    telling,
    typed,
)
from quizzes.content.packs.problems import Fault

ALWAYS = (
    pages.faults,
    dating.bounds_faults,
    forms.faults,
    typed.faults,
    gaps.faults,
    matching.faults,
    rubrics.faults,
    hinting.faults,
    quantities.value_faults,
    stances.kind_faults,
    options.faults,
    ordering.faults,
    telling.faults,
    blueprints.faults,
    coverage.faults,
)
ENGLISH = (
    dating.precision_faults,
    quantities.bound_faults,
    quantities.population_faults,
    stances.framing_faults,
    naming.faults,
)


def faults(contents: Contents) -> Iterator[Fault]:
    """The faults that every guard finds."""
    for guard in ALWAYS:
        yield from guard(contents)
    if contents.language.partition("-")[0] == "en":
        for guard in ENGLISH:
            yield from guard(contents)

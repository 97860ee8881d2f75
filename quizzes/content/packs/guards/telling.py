"""No question asks to tell apart what the pack itself cannot."""

from collections.abc import Hashable, Iterator

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Asked, choosing
from quizzes.content.packs.guards.options import figure_of, figures_by_name
from quizzes.content.packs.guards.ties import ties
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Figure

Known = frozenset[Hashable]


def faults(contents: Contents) -> Iterator[Fault]:
    """Wrong options of which nothing is known that is not known of the right one as well."""
    known = _known(contents)
    names = figures_by_name(contents)
    for item in choosing(contents):
        for path, wrong in item.wrong:
            figure = figure_of(contents, names, wrong)
            twins = (
                right
                for right in _right(contents, item, names)
                if figure and right.slug != figure.slug and known[right.slug] == known[figure.slug]
            )
            for twin in twins:
                message = f"Nothing in the pack tells “{wrong.text}” from {twin.name}"
                remedy = "Choose another wrong option, or state what is known of one of them"
                yield Fault((*path, "text"), "discriminability", message, remedy)


def _right(contents: Contents, item: Asked, names: dict[str, Figure]) -> list[Figure]:
    found = (figure_of(contents, names, choice) for _, choice in item.right)
    return [figure for figure in found if figure is not None]


def _known(contents: Contents) -> dict[str, Known]:
    """What the pack states of each figure beside its names."""
    tied = ties(contents)
    return {
        figure.slug: frozenset(_own(figure)) | tied.get(figure.slug, frozenset())
        for figure in contents.figures
    }


def _own(figure: Figure) -> set[Hashable]:
    roles = {("role", wording.normalized(role.text)) for role in figure.roles}
    fate = {("fate", wording.normalized(figure.fate.text))} if figure.fate else set()
    return {figure.kind, figure.role, *roles, *fate}

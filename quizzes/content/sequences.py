"""What surely comes before what: by the bounds of dates and on the word of a page, at any remove.

Pure. The guards of a pack ask it what may be put in order, the bank what an order's key is.
"""

from collections.abc import Iterable, Mapping

from quizzes.content.dates import FuzzyDate, surely_before

type After = Mapping[str, frozenset[str]]
"""For each event, by slug, all that come after it."""


def after(whens: Mapping[str, FuzzyDate], said: Mapping[str, Iterable[str]]) -> After:
    """All that come after each dated event; `said` is what a page puts after it."""
    direct = {
        slug: {
            *said.get(slug, ()),
            *(other for other, when in whens.items() if surely_before(whens[slug], when)),
        }
        for slug in whens
    }
    return {slug: _reach(direct, slug) for slug in direct}


def _reach(direct: Mapping[str, set[str]], slug: str) -> frozenset[str]:
    reached: set[str] = set()
    waiting = set(direct[slug])
    while waiting:
        following = waiting.pop()
        if following not in reached:
            reached.add(following)
            waiting |= direct.get(following, set()) - reached
    return frozenset(reached)

"""No name comes in that the pack does not know: what everyone knows, the source may never say."""

import re
from collections.abc import Iterator

from quizzes.content.dates import MONTHS
from quizzes.content.packs import walking
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import asked
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Alias, Entry, Locator, When
from quizzes.content.packs.shapes.parts import Path

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’]*\w)?")
_OPENS_SENTENCE = re.compile(r"(?:^|[.?!:;…]['”\")]*\s|[“\"(\[‘—–/]|\n)\s*$")
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PLAIN = {*MONTHS, *WEEKDAYS, "I", "A", "True", "False"}
SHORTEST = 4
"""From so many letters on, a name covers the words that begin with it: Stalin, Stalinist."""


def faults(contents: Contents) -> Iterator[Fault]:
    """Words with a capital inside a sentence that are part of no known name."""
    if not contents.is_whole:
        return
    known = _known(contents)
    for path, text in _texts(contents):
        for word in _names(text):
            if not _is_known(word, known):
                message = f"“{word}” is part of no name in this pack"
                remedy = (
                    "Remove it; if the source uses it, add it as a fact, an alias or to "
                    "`vocabulary` in pack.yaml"
                )
                yield Fault(path, "vocabulary", message, remedy)


def _known(contents: Contents) -> set[str]:
    """Every word of the names and titles that the pack declares, and of its anchors."""
    titles = [fact.label for fact in contents.facts if fact.KIND not in {"argument", "quantity"}]
    titles += [chapter.title for chapter in contents.chapters]
    titles += [unit.title for unit in contents.units]
    titles += [source.title for source in contents.sources]
    titles += [figure.sort_name for figure in contents.figures]
    for fact in contents.facts:
        titles += [alias.text for _, alias in walking.of_type(fact, Alias)]
        titles += [text for _, found in walking.of_type(fact, Locator) for text in found.anchors]
    titles += contents.vocabulary
    return {word for title in titles for word in _bare(title)}


def _bare(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        yield re.sub(r"['’]s?$", "", match.group())


def _texts(contents: Contents) -> Iterator[tuple[Path, str]]:
    entries: list[Entry] = [*contents.facts, *contents.relations, *contents.confusables]
    for entry in entries:
        yield from walking.texts(entry, entry.path, without=(Locator, When))
    for item in asked(contents):
        yield from walking.texts(item.item, item.path)


def _names(text: str) -> Iterator[str]:
    """Words that begin with a capital where no sentence begins, and acronyms anywhere."""
    for match in _TOKEN.finditer(text):
        word = re.sub(r"['’]s?$", "", match.group())
        is_acronym = len(word) > 1 and word.isupper()
        if word[:1].isupper() and (is_acronym or not _OPENS_SENTENCE.search(text[: match.start()])):
            yield word


def _is_known(word: str, known: set[str]) -> bool:
    if word in known or word in PLAIN:
        return True
    return any(
        min(len(word), len(name)) >= SHORTEST and (word.startswith(name) or name.startswith(word))
        for name in known
    )

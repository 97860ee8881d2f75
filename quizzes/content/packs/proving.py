"""A pack held against the text it is about: anchors stand on their pages, words are its own."""

import re
from collections.abc import Iterator

from quizzes.content.packs import walking, wording
from quizzes.content.packs.contents import Contents, Pack
from quizzes.content.packs.paging import Pages, cut, joined
from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.shapes import Alias, Entry, Locator, Source
from quizzes.content.packs.shapes.parts import Path

LONGEST_SHARED_RUN = 7
"""Words in a row that a pack may share with its source; a name counts as one."""


def prove(pack: Pack, source: Source, text: str) -> list[Problem]:
    """Every anchor that its pages do not hold, and every run of words taken from the text."""
    pages = cut(text, source.begins, source.pages[0]) if source.begins else None
    if pages is None:
        message = "The text does not begin as `begins` says" if source.begins else "No `begins`"
        remedy = "Give the first words of the first page"
        return [pack.problem(Fault((*source.path, "begins"), "page-map", message, remedy))]
    faults = [
        *_miscounted(source, pages),
        *_unanchored(pack.contents, source, pages),
        *_borrowed(pack, pages),
    ]
    return sorted({pack.problem(fault) for fault in faults})


def count_anchors(pack: Pack, source: Source) -> int:
    """How many anchors there are to prove."""
    return sum(len(place.anchors) for _, place in _locators(pack.contents, source))


def _miscounted(source: Source, pages: Pages) -> Iterator[Fault]:
    wanted = source.pages[1] - source.pages[0] + 1
    if len(pages.numbered) != wanted:
        message = f"The text shows {len(pages.numbered)} pages, and {wanted} are cited"
        yield Fault((*source.path, "pages"), "page-map", message, "Mark the turns in the text")


def _locators(contents: Contents, source: Source) -> Iterator[tuple[Path, Locator]]:
    for entry in contents.entries():
        for path, locator in walking.of_type(entry, Locator):
            if locator.source == source.slug:
                yield path, locator


def _unanchored(contents: Contents, source: Source, pages: Pages) -> Iterator[Fault]:
    for path, locator in _locators(contents, source):
        text = _cited(locator, pages)
        for index, anchor in enumerate(locator.anchors):
            if not wording.says(text, anchor):
                where = [
                    page for page, said in pages.numbered.items() if wording.says(said, anchor)
                ]
                found = f"It stands on page {where[0]}" if where else "The text never says it"
                message = f"“{anchor}” is not on the pages cited. {found}"
                remedy = "Correct the pages or the anchor"
                yield Fault((*path, "anchors", index), "anchor", message, remedy)


def _cited(locator: Locator, pages: Pages) -> str:
    match locator.pages:
        case [int(first), int(last)]:
            return pages.between(first, last)
    return pages.front


def _borrowed(pack: Pack, pages: Pages) -> Iterator[Fault]:
    names = _names(pack.contents)
    whole = joined([pages.front, *pages.numbered.values()])
    runs = set(_runs(_counted(whole, names)))
    for path, text in _prose(pack):
        words = _counted(text, names)
        shared = [run for run in _runs(words) if run in runs]
        if shared:
            message = f"“{' '.join(shared[0])}” stands in the source word for word"
            remedy = "Say it in words of your own; a title goes into `vocabulary` in pack.yaml"
            yield Fault(path, "own-words", message, remedy)


def _prose(pack: Pack) -> Iterator[tuple[Path, str]]:
    """Whatever an author wrote; names of chapters and sources are the book's."""
    contents, described = pack.contents, pack.manifest.book.description
    yield ("pack.yaml", "book", "description"), described
    for chapter in contents.chapters:
        yield (*chapter.path, "outline"), chapter.outline
    for unit in contents.units:
        yield (*unit.path, "title"), unit.title
    entries: list[Entry] = [*contents.facts, *contents.relations, *contents.confusables]
    entries += [*contents.questions, *contents.cards, *contents.quizzes]
    for entry in entries:
        yield from walking.texts(entry, entry.path, without=(Locator,))


def _names(contents: Contents) -> re.Pattern[str]:
    """Every name or title of more than one word, the longest first."""
    titles = [chapter.title for chapter in contents.chapters]
    titles += [source.title for source in contents.sources]
    titles += [source.edition for source in contents.sources]
    titles += contents.vocabulary
    for named in (*contents.figures, *contents.places, *contents.terms):
        titles += [named.label, *(alias.text for _, alias in walking.of_type(named, Alias))]
    known = {wording.normalized(title) for title in titles}
    longest = sorted((name for name in known if " " in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest)) or '(?!)'})\b")


def _counted(text: str, names: re.Pattern[str]) -> list[str]:
    """The words of a text, each name as one."""
    said = names.sub(lambda name: name.group().replace(" ", "_"), wording.normalized(text))
    return said.split()


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    length = LONGEST_SHARED_RUN + 1
    yield from (tuple(words[at : at + length]) for at in range(len(words) - length + 1))

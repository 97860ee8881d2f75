"""Every statement stands on pages that its source has, or names the other work it comes from."""

import re
from collections.abc import Iterator

from quizzes.content.packs import walking
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Chapter, Locator, Source, Unit
from quizzes.content.packs.shapes.parts import Path

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def roman(numeral: str) -> int:
    """The number of a page of the front matter: `vii` is 7."""
    values = [_ROMAN[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def faults(contents: Contents) -> Iterator[Fault]:
    """Locators without pages or outside the source, external ones with pages, spans upside down."""
    sources = {source.slug: source for source in contents.sources}
    for entry in contents.entries():
        for path, locator in walking.of_type(entry, Locator):
            yield from (
                _external(path, locator)
                if locator.basis == "external"
                else _cited(path, locator, sources)
            )
    parts: list[Chapter | Unit] = [*contents.chapters, *contents.units]
    for part in parts:
        if part.pages and not _in_order(part.pages):
            yield _fault((*part.path, "pages"), "The pages run backward", "First page, last page")


def _external(path: Path, locator: Locator) -> Iterator[Fault]:
    rule = "external-source"
    if locator.pages is not None or locator.source is not None:
        message = "What comes from another work cites no page of this one"
        yield Fault((*path, "pages"), rule, message, "Remove `source` and `pages`")
    if not locator.reference:
        yield Fault(path, rule, "The other work is not named", "Add `reference`")


def _cited(path: Path, locator: Locator, sources: dict[str, Source]) -> Iterator[Fault]:
    if locator.source is None or locator.pages is None:
        yield _fault(path, "Source or pages are missing", "Add `source` and `pages: [first, last]`")
        return
    if locator.reference:
        message = "A reference stands beside pages of the source"
        yield _fault((*path, "reference"), message, "Remove it, or make the basis external")
    if not _in_order(locator.pages):
        message = f"The pages {_said(locator.pages)} run backward or mix two numberings"
        yield _fault((*path, "pages"), message, "Write first page, last page")
    source = sources.get(locator.source)
    outside = [page for page in locator.pages if source and not _has(source, page)]
    if source and outside:
        first, last = source.pages
        front = f" and {', '.join(source.front_pages)}" if source.front_pages else ""
        message = f"`{source.slug}` has no page {outside[0]}"
        yield _fault((*path, "pages"), message, f"Cite pages {first} to {last}{front}")


def _has(source: Source, page: int | str) -> bool:
    if isinstance(page, str):
        return page in source.front_pages
    return source.pages[0] <= page <= source.pages[1]


def _in_order(pages: list[int | str]) -> bool:
    match pages:
        case [int(first), int(last)]:
            return first <= last
        case [str(first), str(last)]:
            return roman(first) <= roman(last)
        case [_]:
            return True
    return False


def _said(pages: list[int | str]) -> str:
    return re.sub(r"[\[\]']", "", str(pages))


def _fault(path: Path, message: str, remedy: str) -> Fault:
    return Fault(path, "pages", message, remedy)

"""A source's text cut into its pages.

In a text copied from a book a page turns at a running head ("4 | INTRODUCTION"), or where a
paragraph breaks off inside a sentence. What stands before the first page is front matter.
"""

import re
from dataclasses import dataclass

_HEAD = re.compile(r"(?:#+\s*)?(?:\d+\s*\|\s*[^a-z]+|[^a-z|]+\|\s*\d+)")
_NOTE = re.compile(r"<sup>.*?</sup>|[*#_]")
_SENTENCE_END = re.compile(r"[.?!:…][\"”’')\]]*$")


@dataclass(frozen=True)
class Pages:
    """The words of the front matter and of each numbered page."""

    front: str
    numbered: dict[int, str]

    def between(self, first: int, last: int) -> str:
        """The text of some pages in a row; a word that a turn divides is whole again."""
        texts = [self.numbered.get(page, "") for page in range(first, last + 1)]
        return joined(texts)


def joined(texts: list[str]) -> str:
    """Texts one after the other, without the hyphen of a divided word."""
    whole = ""
    for text in texts:
        whole = whole[:-1] + text if whole.endswith("-") else f"{whole} {text}"
    return whole.strip()


def cut(text: str, begins: str, first: int) -> Pages | None:
    """The pages of a text, counted from where it `begins`; nothing if it never does."""
    front, found, rest = text.partition(begins)
    if not found:
        return None
    pages: list[list[str]] = [[]]
    is_turned = False
    for paragraph in _paragraphs(begins + rest):
        if _HEAD.fullmatch(paragraph):
            is_turned = True
            continue
        if pages[-1] and (is_turned or not _SENTENCE_END.search(pages[-1][-1])):
            pages.append([])
        pages[-1].append(paragraph)
        is_turned = False
    numbered = {first + place: joined(page) for place, page in enumerate(pages)}
    return Pages(_NOTE.sub("", front), numbered)


def _paragraphs(text: str) -> list[str]:
    bare = (_NOTE.sub("", part).strip() for part in re.split(r"\n\s*\n", text))
    found = [" ".join(part.split()) for part in bare if part]
    # A publisher's line that closes the file is no paragraph of the book.
    return found if not found or _SENTENCE_END.search(found[-1]) else found[:-1]

"""Words compared the way a reader does: without case, accents, apostrophes or punctuation."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"['’ʹʼ`´]")
_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"\w+")
_ARTICLES = ("the ", "a ", "an ")


def normalized(text: str) -> str:
    """NFKD without marks, apostrophes and possessives, small letters, no leading article."""
    bare = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    plain = unicodedata.normalize("NFKD", bare)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    joined = " ".join(_WORD.findall(letters))
    return next((joined.removeprefix(a) for a in _ARTICLES if joined.startswith(a)), joined)


def words(text: str) -> list[str]:
    """The normalized words of a text."""
    return normalized(text).split()


def says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase as whole words, both normalized."""
    wanted = normalized(phrase)
    return bool(wanted) and f" {wanted} " in f" {normalized(text)} "


def stems(text: str, length: int = 6) -> set[str]:
    """The first letters of each longer word: executed, executions and execute are one."""
    return {word[:length] for word in words(text) if len(word) > 3 and not word.isdigit()}

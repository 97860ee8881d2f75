"""What may be asked of all cards in one line, and what a line asks.

Pure and total: every line is a query, or a fault that says which term is wrong, why, and what to
write in its place. Terms are parted by spaces and must all hold; a minus before a term turns it
around, quotes hold words together.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_LINE, MOST_TERMS, MOST_WORDS = 500, 30, 10

FLAGS = {
    "red": 1,
    "orange": 2,
    "green": 3,
    "blue": 4,
    "pink": 5,
    "turquoise": 6,
    "purple": 7,
}
KINDS = ("figure", "event", "argument", "term", "quantity", "place", "cloze")
STATES = ("new", "learning", "review", "due", "suspended", "buried", "leech", "own")
NUMBERS = ("lapses", "stability", "reps", "difficulty")
OPERATORS = ("<=", ">=", "<", ">", "=")


class Field(StrEnum):
    """What a term is about."""

    WORDS = "words"
    DUE = "due"
    ADDED = "added"
    CHAPTER = "chapter"
    BOOK = "book"
    TAG = "tag"
    KIND = "kind"
    FLAG = "flag"
    IS = "is"
    LAPSES = "lapses"
    STABILITY = "stability"
    REPS = "reps"
    DIFFICULTY = "difficulty"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `value` is text, a number of days, a flag (0 none, -1 any) or a number.

    `operator` is one of `OPERATORS` for numbers and empty for everything else; `due` is within so
    many days from today, below 0 for what is late.
    """

    field: Field
    value: str | int | float
    operator: str = ""
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold."""

    terms: tuple[Term, ...] = ()


SEARCHED = (Field.WORDS, Field.CHAPTER, Field.BOOK, Field.TAG)
"""What is looked for in texts: at most `MOST_WORDS` of them, for each is sought in every card."""


class Reason(StrEnum):
    """What is wrong with a term."""

    LONG = "long"
    MANY = "many"
    WORDS = "words"
    QUOTE = "quote"
    EMPTY = "empty"
    DAYS = "days"
    CHOICE = "choice"
    NUMBER = "number"
    OPERATOR = "operator"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """A term that cannot be understood, why, and what could stand there."""

    term: str
    reason: Reason
    instead: tuple[str, ...] = ()


LATE = -1
MOST_DAYS = 36_500
ANY_FLAG = -1

_TOKEN = re.compile(r'-?(?:[^\s"]|"[^"]*")+')
_NAMED = re.compile(r"(?P<name>[a-z]+):(?P<value>.*)", re.DOTALL)
_COMPARED = re.compile(r"(?P<name>[a-z]+)(?P<operator><=|>=|<|>|=)(?P<value>.*)", re.DOTALL)
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)


def parse(line: str) -> Query | Fault:
    """What a line asks, or the first thing in it that cannot be understood."""
    line = line.replace("\0", " ").strip()
    if len(line) > LONGEST_LINE:
        return Fault(line[:40], Reason.LONG)
    if line.count('"') % 2:
        return Fault(line[line.rindex('"') :], Reason.QUOTE)
    tokens = _TOKEN.findall(line)
    if len(tokens) > MOST_TERMS:
        return Fault(tokens[MOST_TERMS], Reason.MANY)
    terms = []
    for token in tokens:
        term = _term(token)
        if isinstance(term, Fault):
            return term
        terms.append(term)
    sought = [token for token, term in zip(tokens, terms, strict=True) if term.field in SEARCHED]
    if len(sought) > MOST_WORDS:
        return Fault(sought[MOST_WORDS], Reason.WORDS)
    return Query(tuple(terms))


def _term(token: str) -> Term | Fault:
    is_negated = token.startswith("-") and len(token) > 1
    bare = token[1:] if is_negated else token
    found = _positive(bare, token)
    if isinstance(found, Fault) or not is_negated:
        return found
    return Term(found.field, found.value, found.operator, is_negated=True)


def _positive(bare: str, token: str) -> Term | Fault:
    if bare.startswith('"'):
        return _words(bare, token)
    if named := _NAMED.fullmatch(bare):
        return _named(named["name"], _unquoted(named["value"]), token)
    if compared := _COMPARED.fullmatch(bare):
        return _compared(compared["name"], compared["operator"], compared["value"], token)
    return _words(bare, token)


def _words(bare: str, token: str) -> Term | Fault:
    text = _unquoted(bare)
    return Term(Field.WORDS, text) if text else Fault(token, Reason.EMPTY, ("Kirov",))


def _named(name: str, value: str, token: str) -> Term | Fault:
    if name in NUMBERS:
        return Fault(token, Reason.OPERATOR, (f"{name}>3", f"{name}<10"))
    read = _READERS.get(name)
    if read is None:
        return Fault(token, Reason.UNKNOWN, (f'"{token.lstrip("-")}"', *_close(name)))
    return read(value, token)


def _compared(name: str, operator: str, value: str, token: str) -> Term | Fault:
    if name in _READERS:
        return Fault(token, Reason.OPERATOR, (f"{name}:{value}" if value else f"{name}:",))
    if name not in NUMBERS:
        return Fault(token, Reason.UNKNOWN, (f'"{token.lstrip("-")}"', "lapses>3", "stability<10"))
    if not _DECIMAL.fullmatch(value):
        return Fault(token, Reason.NUMBER, (f"{name}{operator}3",))
    return Term(Field(name), float(value), operator)


def _due(value: str, token: str) -> Term | Fault:
    days = {"today": 0, "tomorrow": 1, "late": LATE}.get(value)
    if days is None:
        days = _days(value)
    if days is None:
        return Fault(token, Reason.DAYS, ("due:today", "due:3", "due:late"))
    return Term(Field.DUE, days)


def _added(value: str, token: str) -> Term | Fault:
    days = {"today": 1}.get(value) or _days(value)
    if not days:
        return Fault(token, Reason.DAYS, ("added:today", "added:7"))
    return Term(Field.ADDED, days)


def _flag(value: str, token: str) -> Term | Fault:
    flags = FLAGS | {str(number): number for number in FLAGS.values()}
    flags |= {"any": ANY_FLAG, "none": 0, "0": 0}
    if value not in flags:
        return Fault(token, Reason.CHOICE, ("flag:any", "flag:none", *(f"flag:{f}" for f in FLAGS)))
    return Term(Field.FLAG, flags[value])


def _text(field: Field, example: str) -> Callable[[str, str], Term | Fault]:
    def read(value: str, token: str) -> Term | Fault:
        return Term(field, value) if value else Fault(token, Reason.EMPTY, (example,))

    return read


def _choice(field: Field, choices: tuple[str, ...]) -> Callable[[str, str], Term | Fault]:
    def read(value: str, token: str) -> Term | Fault:
        if value in choices:
            return Term(field, value)
        return Fault(token, Reason.CHOICE, tuple(f"{field}:{one}" for one in choices))

    return read


_READERS: dict[str, Callable[[str, str], Term | Fault]] = {
    "due": _due,
    "added": _added,
    "flag": _flag,
    "chapter": _text(Field.CHAPTER, "chapter:introduction"),
    "book": _text(Field.BOOK, "book:army"),
    "tag": _text(Field.TAG, "tag:verbs"),
    "kind": _choice(Field.KIND, KINDS),
    "is": _choice(Field.IS, STATES),
}


def _days(value: str) -> int | None:
    return min(int(value), MOST_DAYS) if _DIGITS.fullmatch(value) else None


def _unquoted(text: str) -> str:
    return text.replace('"', "").strip()


def _close(name: str) -> tuple[str, ...]:
    """Terms that begin as a misspelled one does."""
    return tuple(f"{known}:" for known in _READERS if known[0] == name[:1])

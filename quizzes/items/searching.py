"""Searching: the questions that hold all of some words, wherever they stand in them."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from quizzes.items.models import ItemFact, Key, Tag
from quizzes.items.models.items import ItemQuerySet
from quizzes.spelling import spellings

LONGEST_SEARCH, MOST_WORDS = 200, 10


def searched(items: ItemQuerySet, line: str, *, in_keys: bool = True) -> ItemQuerySet:
    """Those of the items that have every word of a line somewhere.

    That is in their stem or answer, in a tag, in the name of a fact that they test, or in their
    slug. Words beyond the first `MOST_WORDS` are not looked for. For whoever is not told the
    keys it is the stem or a tag alone: what is found would tell them.
    """
    for word in line[:LONGEST_SEARCH].split()[:MOST_WORDS]:
        items = items.filter(_holds(word) if in_keys else _shows(word))
    return items


def _holds(word: str) -> Q:
    key = Key.objects.filter(_has("answer", word), revision=OuterRef("revision"))
    fact = ItemFact.objects.filter(_has("fact__label", word), item=OuterRef("pk"))
    return _shows(word) | _has("slug", word) | Q(Exists(key)) | Q(Exists(fact))


def _shows(word: str) -> Q:
    tag = Tag.objects.filter(_has("text", word), item=OuterRef("pk"))
    return _has("revision__stem", word) | Q(Exists(tag))


def _has(column: str, word: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": form}) for form in spellings(word)))

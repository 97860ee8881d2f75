"""Slugs held against each other: each is unique, each that is named exists, no rings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from quizzes.content.packs import walking
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Card, Confusable, Entry, Fact, Question, Relation
from quizzes.content.packs.shapes.facts import Argument, Event, Evidence, Objection, Quantity, Term
from quizzes.content.packs.shapes.items import Choice, Pair
from quizzes.content.packs.shapes.parts import (
    AgentShape,
    BookChapter,
    Locator,
    Path,
    RelativeTo,
    Shape,
)
from quizzes.content.packs.shapes.quizzes import Draw, Quiz
from quizzes.content.packs.shapes.shelf import Unit

FACTS = ("figures", "places", "terms", "events", "quantities", "arguments")
ITEMS = ("questions", "cards")
UNITS = ("units",)

NAMES: dict[type[Shape], dict[str, tuple[str, ...]]] = {
    AgentShape: dict.fromkeys(("figure", "group", "organization"), ("figures",)),
    Argument: {"variants_of": ("arguments",), "rivals": ("arguments",)},
    Card: {"unit": UNITS, "tests": FACTS},
    Choice: {"fact": FACTS},
    Confusable: {"pair": FACTS},
    Draw: {"unit": UNITS, "item": ("questions",)},
    Event: {"places": ("places",), "before": ("events",)},
    Evidence: {"facts": FACTS},
    Fact: {"unit": UNITS},
    Locator: {"source": ("sources",)},
    Objection: {"facts": FACTS},
    Pair: {"fact": FACTS},
    Quantity: {"event": ("events",)},
    Question: {"unit": UNITS, "tests": FACTS, "order": FACTS},
    Quiz: {"unit": UNITS},
    Relation: {"from_": FACTS, "to": FACTS},
    RelativeTo: {"event": ("events",)},
    Term: {"not_the_same_as": ("terms",)},
}
"""The fields that name other entries, and the lists in which these must stand."""


def faults(contents: Contents) -> Iterator[Fault]:
    """Slugs used twice, unknown or of the wrong kind, unknown chapters, rings."""
    yield from _twice(contents)
    for entry in contents.entries():
        for path, shape in walking.shapes(entry):
            yield from _unknown(contents, path, shape)
            yield from _wrong_kind(contents, path, shape)
            yield from _unknown_chapter(contents, path, shape)
    yield from _strange_origins(contents)
    yield from _selves(contents)
    yield from _repeated(contents)
    yield from _rings(contents)


def _twice(contents: Contents) -> Iterator[Fault]:
    groups: tuple[Iterable[Entry], ...] = (
        contents.facts,
        [*contents.questions, *contents.cards],
        contents.chapters,
        contents.units,
        contents.sources,
        contents.quizzes,
    )
    for group in groups:
        seen: set[str] = set()
        for entry in group:
            slug = getattr(entry, "slug", "")
            if slug in seen:
                yield _fault((*entry.path, "slug"), f"The slug `{slug}` is taken", "Choose another")
            seen.add(slug)
    numbers: set[int] = set()
    for chapter in contents.chapters:
        if chapter.number in numbers:
            path = (*chapter.path, "number")
            yield _fault(path, f"The number {chapter.number} is taken", "Choose another")
        numbers.add(chapter.number)


def _names(shape: Shape) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """The slugs that a shape names, each with its steps and the lists to find it in."""
    for kind, fields in NAMES.items():
        if not isinstance(shape, kind):
            continue
        for name, lists in fields.items():
            value, step = getattr(shape, name), name.rstrip("_")
            if name == "order":
                yield from (
                    ((step, place, index), slug, lists)
                    for place, group in enumerate(value)
                    for index, slug in enumerate(group)
                )
            elif isinstance(value, list):
                yield from (((step, index), slug, lists) for index, slug in enumerate(value))
            elif value is not None:
                yield (step,), value, lists


def _unknown(contents: Contents, path: Path, shape: Shape) -> Iterator[Fault]:
    for steps, slug, lists in _names(shape):
        if not contents.knows(slug, lists):
            among = lists[0] if len(lists) == 1 else "the facts"
            message = f"`{slug}` is not among {among}"
            yield _fault((*path, *steps), message, "Correct the slug or add the entry")


def _wrong_kind(contents: Contents, path: Path, shape: Shape) -> Iterator[Fault]:
    """`group:` and `organization:` name figures of that kind."""
    if not isinstance(shape, AgentShape):
        return
    for kind in ("group", "organization"):
        figure = contents.figure_of.get(getattr(shape, kind) or "")
        if figure is not None and figure.kind != kind:
            message = f"`{figure.slug}` is of kind {figure.kind}, not {kind}"
            yield _fault((*path, kind), message, "Name it by its own kind, or by `figure`")


def _unknown_chapter(contents: Contents, path: Path, shape: Shape) -> Iterator[Fault]:
    match shape:
        case BookChapter(number=number):
            step = "number"
        case Unit(chapter=number) | Quiz(chapter=int(number)) | Draw(chapter=int(number)):
            step = "chapter"
        case _:
            return
    known = {chapter.number for chapter in contents.chapters}
    if number not in known and contents.is_whole:
        message = f"The book has no chapter {number}"
        yield _fault((*path, step), message, "Correct the number or add the chapter")


def _strange_origins(contents: Contents) -> Iterator[Fault]:
    """What a question was adapted from is another one, or what a recipe makes of a fact."""
    for question in contents.questions:
        origin = question.adapted_from
        if origin is None:
            continue
        fact, recipe, _rest = origin.partition("--")
        path = (*question.path, "adapted_from")
        if origin == question.slug:
            yield _fault(path, f"`{origin}` names itself", "Name another")
        elif not contents.knows(fact, FACTS) if recipe else not contents.knows(origin, ITEMS):
            among = "what is made of the facts" if recipe else "the questions and cards"
            message = f"`{origin}` is not among {among}"
            yield _fault(path, message, "Correct the slug, or leave the key out")


def _selves(contents: Contents) -> Iterator[Fault]:
    """Entries that join something with itself, and lists that name the same thing twice."""
    for relation in contents.relations:
        if relation.from_ == relation.to:
            yield _fault((*relation.path, "to"), "A relation joins two facts", "Name another fact")
    for pair in contents.confusables:
        if pair.pair[0] == pair.pair[1]:
            yield _fault((*pair.path, "pair"), "A pair is two facts", "Name another fact")
    for entry in contents.entries():
        own = (entry.slug, entry.path[1]) if isinstance(entry, Fact) else None
        for path, shape in walking.shapes(entry):
            yield from _doubles(path, shape, own if shape is entry else None)


def _doubles(path: Path, shape: Shape, own: tuple[str, str | int] | None) -> Iterator[Fault]:
    seen: set[tuple[str | int, str]] = set()
    for steps, slug, lists in _names(shape):
        if own and slug == own[0] and own[1] in lists:
            yield _fault((*path, *steps), f"`{slug}` names itself", "Name another")
        elif len(steps) > 1 and (steps[0], slug) in seen and steps[0] != "pair":
            yield _fault((*path, *steps), f"`{slug}` stands here twice", "Remove one")
        seen.add((steps[0], slug))


def _repeated(contents: Contents) -> Iterator[Fault]:
    relations = {}
    for relation in contents.relations:
        key = (relation.from_, relation.type, relation.to)
        if key in relations:
            yield _fault(relation.path, "This relation stands here twice", "Merge their locators")
        relations[key] = relation
    pairs: set[frozenset[str]] = set()
    for confusable in contents.confusables:
        pair = frozenset(confusable.pair)
        if pair in pairs:
            yield _fault(confusable.path, "This pair stands here twice", "Merge their tells")
        pairs.add(pair)


def _rings(contents: Contents) -> Iterator[Fault]:
    graphs: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for argument in contents.arguments:
        if argument.variants_of:
            graphs["variants_of"][argument.slug].add(argument.variants_of)
    for event in contents.events:
        graphs["before"][event.slug].update(event.before)
        if event.when.relative_to:
            graphs["relative_to"][event.slug].add(event.when.relative_to.event)
    for relation in contents.relations:
        if relation.type in {"precedes", "part_of", "version_of", "member_of"}:
            kind = "before" if relation.type == "precedes" else str(relation.type)
            graphs[kind][relation.from_].add(relation.to)
    for name, graph in graphs.items():
        yield from _rings_of(contents.fact_of, name, graph)
    origins = {one.slug: {one.adapted_from} for one in contents.questions if one.adapted_from}
    questions = {question.slug: question for question in contents.questions}
    yield from _rings_of(questions, "adapted_from", origins)


def _rings_of(
    entries: Mapping[str, Entry], name: str, graph: dict[str, set[str]]
) -> Iterator[Fault]:
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            ring = error.args[1]
            # graphlib tells the ring from what comes first, against the direction of our edges.
            last, first = ring[1], ring[0]
            graph[last].discard(first)
            if len(ring) > 2 and last in entries:
                said = " → ".join(reversed(ring))
                path = (*entries[last].path, name)
                yield _fault(path, f"`{name}` leads in a ring: {said}", "Break the ring")
        else:
            return


def _fault(path: Path, message: str, remedy: str) -> Fault:
    return Fault(path, "reference", message, remedy)

"""Every shape inside an entry, with the path that leads to it."""

from collections.abc import Iterator

from quizzes.content.packs.shapes.parts import Entry, Path, Shape


def shapes(entry: Entry) -> Iterator[tuple[Path, Shape]]:
    """The entry itself, then each shape that it holds, however deep."""
    yield from _within(entry.path, entry)


def of_type[S: Shape](entry: Entry, kind: type[S]) -> Iterator[tuple[Path, S]]:
    """The shapes of one type inside an entry."""
    for path, shape in shapes(entry):
        if isinstance(shape, kind):
            yield path, shape


def texts(
    shape: Shape, path: Path, *, without: tuple[type[Shape], ...] = ()
) -> Iterator[tuple[Path, str]]:
    """Every text inside a shape, except inside shapes of the types left out."""
    for name, value in _fields(shape):
        for step, part in _parts(value):
            here = (*path, name, *step)
            if isinstance(part, str):
                yield here, part
            elif isinstance(part, Shape) and not isinstance(part, without):
                yield from texts(part, here, without=without)


def _within(path: Path, shape: Shape) -> Iterator[tuple[Path, Shape]]:
    yield path, shape
    for name, value in _fields(shape):
        for step, part in _parts(value):
            if isinstance(part, Shape):
                yield from _within((*path, name, *step), part)


def _fields(shape: Shape) -> Iterator[tuple[str, object]]:
    """Each field by the name that the file uses."""
    for name, info in type(shape).model_fields.items():
        yield info.alias or name, getattr(shape, name)


def _parts(value: object) -> Iterator[tuple[Path, object]]:
    if isinstance(value, list):
        yield from (((index,), part) for index, part in enumerate(value))
    else:
        yield (), value

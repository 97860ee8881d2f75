"""The shape of every file of a pack, as pydantic models; nothing here knows any rule but form.

`parts` holds what several shapes share, `shelf` the manifest and the sources, `facts`, `items`
and `quizzes` the rest. `FILES` says which file holds which lists; an unknown key is refused.
"""

from typing import Any

from pydantic import create_model

from quizzes.content.packs.shapes.facts import (
    Argument,
    Confusable,
    Event,
    Evidence,
    Fact,
    Figure,
    Objection,
    Place,
    Quantity,
    Relation,
    Role,
    Stance,
    Term,
)
from quizzes.content.packs.shapes.items import (
    AcceptedShape,
    Card,
    Choice,
    Criterion,
    Distractor,
    Gap,
    Pair,
    Question,
)
from quizzes.content.packs.shapes.parts import Agent, Alias, Entry, Locator, Shape, When
from quizzes.content.packs.shapes.quizzes import Draw, Quiz
from quizzes.content.packs.shapes.shelf import Chapter, Manifest, Source, Unit

__all__ = [
    "FILES",
    "MANIFEST",
    "OWN_FILES",
    "OWN_QUESTIONS",
    "OWN_QUIZZES",
    "AcceptedShape",
    "Agent",
    "Alias",
    "Argument",
    "Card",
    "Chapter",
    "Choice",
    "Confusable",
    "Criterion",
    "Distractor",
    "Draw",
    "Entry",
    "Event",
    "Evidence",
    "Fact",
    "Figure",
    "Gap",
    "Locator",
    "Manifest",
    "Objection",
    "Pair",
    "Place",
    "Quantity",
    "Question",
    "Quiz",
    "Relation",
    "Role",
    "Shape",
    "Source",
    "Stance",
    "Term",
    "Unit",
    "When",
    "json_schema",
]

MANIFEST = "pack.yaml"
OWN_QUESTIONS, OWN_QUIZZES = OWN_FILES = ("own-questions.yaml", "own-quizzes.yaml")
"""What somebody wrote on the pack's book in the browser, beside the pack's own."""

FILES: dict[str, dict[str, type[Entry]]] = {
    MANIFEST: {"chapters": Chapter, "units": Unit},
    "sources.yaml": {"sources": Source},
    "figures.yaml": {"figures": Figure},
    "places.yaml": {"places": Place},
    "terms.yaml": {"terms": Term},
    "events.yaml": {"events": Event},
    "quantities.yaml": {"quantities": Quantity},
    "arguments.yaml": {"arguments": Argument},
    "relations.yaml": {"relations": Relation},
    "confusables.yaml": {"confusables": Confusable},
    "items.yaml": {"questions": Question, "cards": Card},
    "quizzes.yaml": {"quizzes": Quiz},
    OWN_QUESTIONS: {"questions": Question},
    OWN_QUIZZES: {"quizzes": Quiz},
}
"""The lists that each file of a pack holds, by the key that names them.

A list may be spread over two files: it is read in their order.
"""


def json_schema(file: str) -> dict[str, Any]:
    """The JSON Schema of one file of a pack, for editors that complete and check YAML."""
    base = Manifest if file == MANIFEST else Shape
    lists: dict[str, Any] = {
        key: (list[entry], [])  # type: ignore[valid-type]
        for key, entry in FILES[file].items()
    }
    title = f"{file.partition('.')[0]} of a content pack"
    return create_model(title, __base__=base, **lists).model_json_schema()

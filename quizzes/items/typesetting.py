"""Typesetting: the HTML of a question that somebody wrote, made once, when it is frozen.

Questions, answers and explanations are Markdown where people write them at length; options and
typed answers are plain text, and so is what is listed of them.
"""

from dataclasses import replace

from quizzes.items import composing, filling, grouping, rendering
from quizzes.items.rendering import Pictures
from quizzes.items.wordings import Wording


def typeset(wording: Wording, book: int | None = None) -> Wording:
    """The wording with its HTML; it shows the pictures of its book that it names."""
    texts = (wording.stem, wording.answer, wording.rationale)
    named = grouping.named(texts)
    pictures = grouping.shown(book, named) if book and named else {}
    return replace(
        wording,
        stem_html=_stem(wording, pictures),
        answer_html=_answer(wording, pictures),
        rationale_html=rendering.markdown(wording.rationale, pictures),
    )


def _stem(wording: Wording, pictures: Pictures) -> str:
    if wording.kind == "cloze":
        return filling.opened(wording.stem, pictures)
    return rendering.markdown(wording.stem, pictures)


def _answer(wording: Wording, pictures: Pictures) -> str:
    match wording.kind:
        case "cloze":
            count = wording.stem.count(filling.GAP)
            answers = composing.gap_answers(count, wording.options, wording.accepted)
            return filling.filled(wording.stem, answers)
        case "ordering":
            return rendering.numbered(composing.steps(wording.options))
        case "matching":
            pairs = composing.read(wording).pairs
            return rendering.paired([(pair.left, pair.right) for pair in pairs])
        case "essay":
            return rendering.markdown(wording.answer, pictures)
    return rendering.plain(wording.answer)

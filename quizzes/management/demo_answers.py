"""What the people of the demo say to a question: something right, or something plainly wrong."""

from hashlib import blake2b
from typing import Any
from uuid import UUID

from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question
from quizzes.cards.spacing import draw
from quizzes.items.models import AcceptedAnswer, OptionKey, Revision

ESSAY = "The author holds the claim against the archives, and finds nothing that bears it out."


def chance(*seed: object) -> float:
    """A number from 0 to 1 that is always the same for the same seed."""
    return draw("demo", *seed) / 2**64


def uid_of(*seed: object) -> UUID:
    """An identifier that is always the same for the same seed."""
    return UUID(bytes=blake2b(repr(seed).encode(), digest_size=16).digest(), version=4)


def respond(question: Question, *, is_known: bool) -> Given:
    """A right answer, or one that is plainly wrong."""
    if question.kind == Revision.Kind.ESSAY:
        return Given(question.position, {"text": ESSAY}, 0)
    revision = question.served.revision_id
    keys = list(OptionKey.objects.filter(option__revision=revision).select_related("option"))
    keys.sort(key=lambda key: (key.option.part, key.option.position))
    raw = from_options(question, keys) if keys else {"text": typed(revision).get(0, "1905")}
    return Given(question.position, raw if is_known else turned(question, keys, raw), 0, is_known)


def beside(question: Question) -> Given:
    """The option before the one that is right, as the question was written, and not as shown."""
    rows = OptionKey.objects.filter(option__revision=question.served.revision_id)
    fractions = rows.order_by("option__position").values_list("fraction", flat=True)
    [order, *_others] = question.served.orders
    right = max(range(len(order)), key=list(fractions).__getitem__)
    return Given(question.position, {"chosen": [order.index((right - 1) % len(order))]}, 0)


def from_options(question: Question, keys: list[OptionKey]) -> dict[str, Any]:
    """What is right of a question with options, by its kind."""
    orders = question.served.orders
    match question.kind:
        case Revision.Kind.MATCHING:
            return {"pairs": [orders[1].index(keys[left].match or 0) for left in orders[0]]}
        case Revision.Kind.ORDERING:
            ranked = sorted(orders[0], key=lambda own: keys[own].rank or 0)
            return {"order": [orders[0].index(own) for own in ranked]}
        case Revision.Kind.CLOZE:
            rights = {key.option.part: key.option.position for key in keys if key.fraction > 0}
            texts = typed(question.served.revision_id)
            return {
                "gaps": [
                    order.index(rights[part]) if order else texts[part]
                    for part, order in enumerate(orders)
                ]
            }
    return {"chosen": [place for place, own in enumerate(orders[0]) if keys[own].fraction > 0]}


def typed(revision: int) -> dict[int, str]:
    """The first accepted text of each part."""
    rows = AcceptedAnswer.objects.filter(revision=revision).order_by("-position")
    return dict(rows.values_list("part", "text"))


def turned(question: Question, keys: list[OptionKey], raw: dict[str, Any]) -> dict[str, Any]:
    """An answer in which hardly anything is right any more; of options the first wrong one."""
    [(shape, said)] = raw.items()
    match shape:
        case "text":
            return {"text": "1905"}
        case "chosen":
            wrong = next(place for place, key in enumerate(keys) if key.fraction <= 0)
            return {"chosen": [question.served.orders[0].index(wrong)]}
        case "gaps":
            return {"gaps": [None if isinstance(one, int) else "1905" for one in said]}
    return {shape: said[1:] + said[:1]}

"""Claims inside questions: whose they are said to be, and what stands for and against them."""

from quizzes.items.phrasing import bare, capitalized, joined, sentence
from quizzes.items.snapshots import ArgumentFact, BookFacts


def has_named_holders(argument: ArgumentFact) -> bool:
    """Whether the book names everybody who holds it."""
    return bool(argument.holders) and not any(one.is_anonymous for one in argument.holders)


def is_the_authors(argument: ArgumentFact) -> bool:
    """Whether the author is among its holders."""
    return any(holder.is_author for holder in argument.holders)


def is_shared(argument: ArgumentFact) -> bool:
    """Whether the author holds it too, so that it may be told as true."""
    return argument.stance in ("asserts", "accepts") and argument.kind != "official_charge"


def all_spoken(facts: BookFacts, argument: ArgumentFact) -> str:
    """All holders, as English lists them inside a sentence."""
    return joined([facts.spoken(holder) for holder in argument.holders])


def claim(facts: BookFacts, argument: ArgumentFact) -> str:
    """The statement after a verb: “that …”, or “this: …” where its first word may be a name."""
    clause = facts.vocabulary.clause(argument.statement)
    return f"that {clause}" if clause else f"this: {bare(argument.statement)}"


def view(facts: BookFacts, argument: ArgumentFact) -> str:
    """The claim as the object of a sentence, framed by its holder unless the author shares it."""
    told = claim(facts, argument)
    noun = "charge" if argument.kind == "official_charge" else "view"
    held = all_spoken(facts, argument)
    if is_shared(argument) and (is_the_authors(argument) or not held):
        return f"the claim {told}"
    return f"the {noun}, ascribed to {held}, {told}" if held else f"the alleged {noun} {told}"


def rationale(argument: ArgumentFact) -> str:
    """What the author grants to a claim, and what stands against it."""
    granted = (
        [sentence(f"The author grants: {bare(argument.conceded)}")] if argument.conceded else []
    )
    against = [sentence(one) for one in argument.objections[:2]]
    return " ".join([*granted, *(f"Against it: {one}" for one in against)])


def listed(texts: tuple[str, ...]) -> str:
    """Several statements as sentences in a row."""
    return " ".join(sentence(capitalized(text)) for text in texts)

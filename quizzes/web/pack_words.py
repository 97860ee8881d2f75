"""What a pack has against a question, in the words of the page on which it is written."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from quizzes.content.packs.problems import Fault
from quizzes.exchange.exporting import LeftOut
from quizzes.web.packs import DOUBTS

_SLUG = re.compile(r"`([\w-]+)`")

FIELDS: dict[str, str | Promise] = {
    "explanation": gettext_lazy("Write an explanation."),
    "tests": gettext_lazy("Name a fact that it tests."),
    "stem": gettext_lazy("Write a question."),
}
"""What is wanted where a field has not the shape that a pack asks for."""

REMEDIES: dict[str, str | Promise] = {
    "why": gettext_lazy("Write what is said to who chooses it."),
}
"""What to do here, by a guard's rule, where its own words speak of a pack's keys."""


def objections(found: LeftOut | None, labels: Mapping[str, str]) -> list[str]:
    """Each reason why a pack does not take a question, once; `labels` are facts' by their slugs."""
    if found is None:
        return []
    said = [str(DOUBTS[found.doubt])] if found.doubt else []
    return list(dict.fromkeys([*said, *(_told(fault, labels) for fault in found.faults)]))


def _told(fault: Fault, labels: Mapping[str, str]) -> str:
    field = next((str(step) for step in fault.path if step in FIELDS), "")
    if fault.rule == "shape" and field:
        return str(FIELDS[field])
    remedy = REMEDIES.get(fault.rule) or ("" if "`" in fault.remedy else f"{fault.remedy}.")
    message = _SLUG.sub(lambda found: _named(found, labels), fault.message)
    return f"{message}. {remedy}".strip()


def _named(found: re.Match[str], labels: Mapping[str, str]) -> str:
    """A fact by its label in place of its slug."""
    return f"“{labels[found[1]]}”" if found[1] in labels else found[0]

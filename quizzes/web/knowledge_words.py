"""The knowledge map in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.analytics.knowing import Recall
from quizzes.analytics.surveying import Part, Survey
from quizzes.web import wording

IN_ORDER = gettext_lazy("In the book's order")
FADING = gettext_lazy("Fading soonest")
UNSEEN = gettext_lazy("Never seen")


def summary(whole: Recall, asked: Survey) -> str:
    """What is to be expected of all the facts, and of those that were met."""
    if whole.of_all is None and asked.part == Part():
        return _("Nothing is in your plan yet. Begin a book, and its facts stand here.")
    if whole.of_all is None:
        return _("No fact of this part is in your plans.")
    said = [
        ngettext(
            "Of %(count)s fact you have met %(met)s.",
            "Of %(count)s facts you have met %(met)s.",
            whole.facts,
        )
        % {"count": f"{whole.facts:,}", "met": f"{whole.met:,}"}
    ]
    if whole.of_met:
        said.append(
            _(
                "You can expect to recall %(now)s%% of all today and %(later)s%% on %(day)s if you "
                "do not review until then; of those you met, %(met_now)s%% and %(met_later)s%%."
            )
            % {
                "now": percent(whole.of_all[0]),
                "later": percent(whole.of_all[1]),
                "met_now": percent(whole.of_met[0]),
                "met_later": percent(whole.of_met[1]),
                "day": date_format(asked.day, "j F Y"),
            }
        )
    return " ".join(said)


def heading(asked: Survey) -> str:
    """What the facts are that are listed: the kind, and where."""
    kind = str(wording.KINDS[asked.part.kind]) if asked.part.kind else _("Facts")
    titles = [one.title for one in asked.chapters]
    if asked.part.chapter and titles:
        return _("%(facts)s in %(where)s") % {"facts": kind, "where": titles[0]}
    return kind


def percent(share: float) -> int:
    return round(100 * share)

"""Charts of quizzes: scores over time, what changed, and confidence against correctness."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.comparing import Share
from quizzes.analytics.marks import mean_percent
from quizzes.analytics.quiz_history import ATTEMPTS_READ, Change, History, Sitting
from quizzes.web.charts import Bars, Chart, Lines, Series


def scores(history: History) -> Chart:
    """The score of each attempt, in the order of time; a gap where it is not told yet."""
    return Chart(
        slug="scores",
        title=_("Results over time"),
        summary=_scores(history),
        head=[_("Day"), _("Quiz"), _("Attempt"), _("Score, %")],
        rows=[
            [_iso(one), one.attempt.quiz.title, one.attempt.number, one.percent]
            for one in history.sittings
        ],
        picture=Lines(
            [_day(one) for one in history.sittings],
            [Series(_("Score"), [one.percent for one in history.sittings])],
            unit="%",
            top=100,
        ),
    )


def changed(changes: Sequence[Change]) -> Chart:
    """Each quiz that was sat again, the newest attempt beside the one before."""
    better = sum(_gain(one) > 0 for one in changes)
    return Chart(
        slug="changes",
        title=_("From one attempt to the next"),
        summary=ngettext(
            "Of %(count)s quiz that you sat again %(better)s went better than the time before.",
            "Of %(count)s quizzes that you sat again %(better)s went better than the time before.",
            len(changes),
        )
        % {"count": len(changes), "better": better}
        if changes
        else _("Sit a quiz again, and what changed is told here."),
        head=[
            *(_("Quiz"), _("Before, %"), _("Now, %")),
            *(_("Right now, wrong before"), _("Wrong now, right before")),
        ],
        rows=[
            [
                one.after.attempt.quiz.title,
                *(one.before.percent, one.after.percent, len(one.gained), len(one.lost)),
            ]
            for one in changes
        ],
    )


def sureness(found: Mapping[bool, Share]) -> Chart:
    """How many answers were right of which one was sure, and of the others."""
    names = {True: _("Sure"), False: _("Not sure")}
    wrong = {sure: share.asked - share.right for sure, share in found.items()}
    return Chart(
        slug="sureness",
        title=_("How sure you were"),
        summary=_sureness(found),
        head=[_("You were"), _("Answers"), _("Right"), _("Not right"), _("Right, %")],
        rows=[
            [names[sure], share.asked, share.right, wrong[sure], _share(share)]
            for sure, share in found.items()
        ],
        picture=Bars(
            [names[sure] for sure in found],
            [
                Series(_("Right"), [share.right for share in found.values()]),
                Series(_("Not right"), list(wrong.values())),
            ],
        ),
    )


def _scores(history: History) -> str:
    told = [one.percent for one in history.told if one.percent is not None]
    if not history.sittings:
        return _("No quiz was handed in yet.")
    if not told:
        return _("No result is told yet.")
    said = ngettext(
        "%(count)s result: %(mean)s%% on average, from %(least)s%% to %(most)s%%.",
        "%(count)s results: %(mean)s%% on average, from %(least)s%% to %(most)s%%.",
        len(told),
    ) % {
        "count": len(told),
        "mean": mean_percent([one.attempt.score or 0 for one in history.told]),
        "least": min(told),
        "most": max(told),
    }
    waiting = len(history.sittings) - len(told)
    if waiting:
        said += " " + ngettext(
            "%(count)s is not told yet.", "%(count)s are not told yet.", waiting
        ) % {"count": waiting}
    if len(history.sittings) == ATTEMPTS_READ:
        said += " " + _("Shown are the newest %(count)s.") % {"count": ATTEMPTS_READ}
    return said


def _sureness(found: Mapping[bool, Share]) -> str:
    if not found:
        return _("Where a quiz asks how sure you are, it is told here how well you judged.")
    said = []
    if found[True].asked:
        said.append(
            _("Where you were sure, %(right)s of %(asked)s answers were right.")
            % {"right": found[True].right, "asked": found[True].asked}
        )
    if found[False].asked:
        said.append(
            _("Where you were not, %(right)s of %(asked)s were right.")
            % {"right": found[False].right, "asked": found[False].asked}
        )
    missed = found[True].asked - found[True].right
    if missed:
        said.append(
            ngettext(
                "%(count)s answer that you were sure of was not right: that is worth a look.",
                "%(count)s answers that you were sure of were not right: those are worth a look.",
                missed,
            )
            % {"count": missed}
        )
    return " ".join(said)


def _gain(change: Change) -> float:
    return (change.after.percent or 0) - (change.before.percent or 0)


def _share(share: Share) -> int | None:
    return round(100 * share.right / share.asked) if share.asked else None


def _day(sitting: Sitting) -> str:
    day = sitting.attempt.learner_day
    return date_format(day, "j M") if day else ""


def _iso(sitting: Sitting) -> str:
    day = sitting.attempt.learner_day
    return day.isoformat() if day else ""

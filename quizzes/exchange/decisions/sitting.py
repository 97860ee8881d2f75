"""Whose the tables of quizzes are: a sitting is its learner's, its terms are the class's."""

from django.utils.translation import gettext_lazy as _

from quizzes.exchange.decisions import (
    NO_PERSON,
    OF_THE_BOOK,
    OF_THE_CLASS,
    YOURSELF,
    Act,
    Fate,
    Guard,
    Named,
    Possession,
    words,
)

_OF_THE_COURSE = Fate(Act.NOTHING, _("It is the class's, and names no student."))
_WHO_MARKED = Named(_("Somebody else's answer; it only names who marked it."), OF_THE_CLASS)
_RESULT = Fate(Act.KEEP, _("The class's marks stay, under a name that tells nobody."))

DECISIONS = (
    Possession(
        "quizzes.Quiz",
        says=_("The quizzes that you built."),
        ways=("book__owner",),
        columns=words(
            "id uid book slug title description section chapter position is_shuffled"
            " time_limit_minutes pass_fraction published_at retired_at"
        ),
        fate=OF_THE_BOOK,
        texts=words("title description"),
    ),
    Possession(
        "quizzes.Slot",
        says=_("What the quizzes that you built ask."),
        ways=("quiz__book__owner",),
        columns=words(
            "id quiz position item count weight from_section from_chapter kind fact_kind skill"
            " difficulty tag heading"
        ),
        fate=OF_THE_BOOK,
        texts=words("tag heading"),
    ),
    Possession(
        "quizzes.Assignment",
        says=_("It is the class's: whoever teaches the class takes its quizzes away from there."),
        held=words(
            "id uid classroom quiz created_at opens_at closes_at time_limit_minutes"
            " attempts_allowed counting is_graded released_at withdrawn_at password"
            " is_forward_only asks_confidence tries penalty_percent late_days"
            " late_percent answer_from correctness_from score_from key_from"
            " explanation_from"
        ),
        fate=_OF_THE_COURSE,
    ),
    Possession(
        "quizzes.Reservation",
        says=_(
            "Which questions a class's quiz may ask is listed for no student. That one may be asked"
            " shows only where its key is kept from you: once the quiz is open, and of what you"
            " teach elsewhere from the day it is given."
        ),
        held=words("id assignment item"),
        fate=_OF_THE_COURSE,
    ),
    Possession(
        "quizzes.CardAssignment",
        says=_("It is the class's: which chapters it was given; yours are in your plans."),
        held=words("id uid classroom chapter created_at opens_at due_at withdrawn_at"),
        fate=_OF_THE_COURSE,
    ),
    Possession(
        "quizzes.Extension",
        says=_("The later dates and further attempts that you were given."),
        ways=("learner",),
        columns=words("id assignment closes_at attempts_allowed given_at"),
        left_out={"learner": YOURSELF, "given_by": _("It names somebody else.")},
        names={"given_by": Named(_("It is the student's to whom it was given."), OF_THE_CLASS)},
        along=words("assignment__quiz__title"),
        fate=_RESULT,
    ),
    Possession(
        "quizzes.Attempt",
        says=_("Your sittings of quizzes; the score of those of which you may be told it."),
        ways=("learner",),
        columns=words(
            "id uid start_uid quiz assignment number started_at deadline_at checks_each"
            " asks_confidence reached is_timed_out saves seen_at handed_in_at learner_day score"
            " days_late is_tallied"
        ),
        left_out={
            "learner": YOURSELF,
            "seed": _("The draws and orders of questions could be worked out from it."),
        },
        guard=Guard.SCORE,
        guarded_by="pk",
        untold=("score",),
        along=words("quiz__title assignment__classroom__name"),
        fate=_RESULT,
    ),
    Possession(
        "quizzes.Served",
        says=_("The questions that you were asked, and what your answers earned where it is told."),
        ways=("attempt__learner",),
        columns=words(
            "id attempt position revision weight heading fraction is_flagged is_hinted tries"
            " checked_sequence is_settled is_dropped"
        ),
        left_out={"order_shown": _("The right order or match could be told from it.")},
        guard=Guard.RESULT,
        guarded_by="attempt",
        untold=words("fraction is_settled is_dropped"),
        along=words("revision__stem"),
        once="attempt__handed_in_at",
        fate=_RESULT,
        texts=("heading",),
    ),
    Possession(
        "quizzes.Response",
        says=_("Every answer as you gave it; places are counted from 0 as the options were shown."),
        ways=("served__attempt__learner",),
        columns=words("id served sequence answer is_sure saved_at"),
        fate=_RESULT,
        texts=("answer",),
    ),
    Possession(
        "quizzes.Mark",
        says=_("What people who marked your answers gave and said, where it is told."),
        ways=("served__attempt__learner",),
        columns=words("id served fraction comment marked_at"),
        left_out={"marker": _("It names somebody else.")},
        guard=Guard.RESULT,
        guarded_by="served__attempt",
        names={"marker": _WHO_MARKED},
        fate=_RESULT,
        texts=("comment",),
    ),
    Possession(
        "quizzes.CriterionMark",
        says=_("How far your answers met each line of a rubric, where it is told."),
        ways=("mark__served__attempt__learner",),
        columns=words("id mark level"),
        left_out={"criterion": _("The rubric is a part of the key.")},
        guard=Guard.RESULT,
        guarded_by="mark__served__attempt",
        fate=_RESULT,
    ),
    Possession(
        "quizzes.Override",
        says=_("The scores that were put in place of yours, where they are told."),
        ways=("learner",),
        columns=words("id assignment score reason made_at"),
        left_out={"learner": YOURSELF, "author": _("It names somebody else.")},
        guard=Guard.MARK,
        guarded_by="assignment",
        names={"author": _WHO_MARKED},
        along=words("assignment__quiz__title"),
        fate=_RESULT,
        texts=("reason",),
    ),
    Possession(
        "quizzes.Regrade",
        says=_("It is the class's, and of the key: what it did to your scores is told with them."),
        names={"author": Named(_("It only names who regraded."), OF_THE_CLASS)},
        held=words(
            "id uid assignment revision policy key_revision never_lowers reason author"
            " created_at applied_at undone_at"
        ),
        fate=_OF_THE_COURSE,
        texts=("reason",),
    ),
    Possession(
        "quizzes.RegradeCredit",
        says=_("It says what is right, so it is a part of the key."),
        held=words("id regrade part position text"),
        fate=_OF_THE_COURSE,
        texts=("text",),
    ),
    Possession(
        "quizzes.RegradeChange",
        says=_("What regrading did to your scores, where they are told."),
        ways=("attempt__learner",),
        columns=words("id attempt score_before score_after"),
        left_out={"regrade": _("It is the class's, and of the key.")},
        guard=Guard.RESULT,
        guarded_by="attempt",
        fate=_RESULT,
    ),
    Possession(
        "quizzes.ItemTally",
        says=_("It counts the attempts of many people."),
        held=words(
            "id quiz sample revision weight band attempts answered fraction_sum"
            " fraction_squares fraction_squares_high rest_sum rest_squares"
            " rest_squares_high products products_high timed seconds"
        ),
        fate=NO_PERSON,
    ),
    Possession(
        "quizzes.OptionTally",
        says=_(
            "It counts the answers of many people. What was typed in a quiz of a class is in it,"
            " as one of those who typed it wrote it and with nobody's name."
        ),
        held=words("id quiz sample revision part position answer said band chosen rest_sum"),
        fate=Fate(
            Act.KEEP,
            _("The class's figures stay; of what was typed no line says by whom."),
        ),
    ),
)

"""Whose the tables of flashcards are: the learner's, all of them."""

from django.utils.translation import gettext_lazy as _

from quizzes.exchange.decisions import OF_THE_STUDY, YOURSELF, Guard, Possession, words

_LEARNER = {"learner": YOURSELF}

DECISIONS = (
    Possession(
        "quizzes.StudyPlan",
        says=_("How you study each book."),
        ways=("learner",),
        columns=words(
            "id book desired_retention new_a_day order learning_minutes relearning_minutes"
            " maximum_interval has_four_ratings is_typing has_options exam_on exam_target"
            " minutes_a_day started_at"
        ),
        left_out=_LEARNER,
        along=words("book__title"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.StudyPlan_chapters",
        says=_("The chapters of each plan."),
        ways=("studyplan__learner",),
        columns=words("id studyplan chapter"),
        along=words("chapter__title"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.StudyPlan_exam_chapters",
        says=_("The chapters that each plan's exam covers."),
        ways=("studyplan__learner",),
        columns=words("id studyplan chapter"),
        along=words("chapter__title"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.DayOff",
        says=_("The days on which you do not study."),
        ways=("learner",),
        columns=words("id day"),
        left_out=_LEARNER,
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Weights",
        says=_("The numbers of your memory's model, each time they were fitted."),
        ways=("learner",),
        columns=words(
            "id numbers method loss_before loss_after review_count fitted_at adopted_at is_current"
        ),
        left_out=_LEARNER,
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Card",
        says=_("Your flashcards: what is remembered of each question, when it is due, your note."),
        ways=("learner",),
        columns=words(
            "id uid item phase step stability difficulty last_day last_at due_at due_day"
            " interval_days reps lapses is_suspended buried_until flag note moved_to weights"
            " version"
        ),
        left_out=_LEARNER,
        along=words("item__slug item__revision__stem"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Review",
        says=_("Every rating of a card, with what you typed or chose."),
        ways=("learner",),
        columns=words(
            "id uid card revision rating answered_at received_at time_zone learner_day source"
            " evidence duration_ms interval_days step_minutes affects_schedule answer is_right"
            " is_overruled elapsed_days stability_before difficulty_before retrievability"
            " stability_after difficulty_after phase_before phase_after"
        ),
        left_out=_LEARNER,
        guard=Guard.QUESTION,
        guarded_by="card__item",
        untold=words("answer is_right"),
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.Action",
        says=_("What else you did with cards, and what you took back."),
        ways=("learner",),
        columns=words("id uid batch card kind review before after done_at taken_back_at"),
        left_out=_LEARNER,
        fate=OF_THE_STUDY,
    ),
    Possession(
        "quizzes.DayTally",
        says=_("What you did on each study day, counted by chapter and kind of fact."),
        ways=("learner",),
        columns=words(
            "id day chapter kind reviews recalled introduced known_change learning_change"
            " duration_ms young young_recalled young_foretold mature mature_recalled"
            " mature_foretold"
        ),
        left_out=_LEARNER,
        along=words("chapter__title"),
        fate=OF_THE_STUDY,
    ),
)

"""The first page: who it is, what they study, and where the rest is; and what each file is."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quizzes.cards.models import DayOff, DayTally, Review, StudyPlan
from quizzes.exchange import possessing, tabulating
from quizzes.exchange.decisions import NO_PERSON
from quizzes.exchange.readable.pages import Page, moment
from quizzes.exchange.tabulating import Reader
from quizzes.people.models import Enrollment, User


def index(reader: Reader, shelf: Sequence[Page]) -> str:
    """The page that opens first."""
    person = reader.person
    places = Enrollment.objects.filter(user=person).select_related("classroom__book")
    plans = StudyPlan.objects.filter(learner=person).select_related("book")
    days = DayTally.objects.filter(learner=person).order_by("day").values_list("day", flat=True)
    context = {
        "title": _("Everything that is yours"),
        "person": person,
        "written_at": moment(reader.at, person.time_zone),
        "particulars": _particulars(person),
        "places": places.order_by("pk"),
        "plans": plans.prefetch_related("chapters").order_by("pk"),
        "days_off": DayOff.objects.filter(learner=person).order_by("day"),
        "reviews": Review.objects.filter(learner=person).count(),
        "days": days.distinct().count(),
        "shelf": shelf,
        "tables": _tables(reader),
    }
    return render_to_string("quizzes/takeaway/index.html", context)


def explanation(reader: Reader) -> str:
    """What each file is, and what is left out, and why."""
    decided = possessing.DECISIONS.values()
    context = {
        "person": reader.person,
        "written_at": moment(reader.at, reader.person.time_zone),
        "zone": reader.person.time_zone,
        "tables": [
            (tabulating.name_of(one), one.says, list(one.left_out.items()))
            for one in possessing.exported()
        ],
        "kept": [
            (tabulating.name_of(one), one.says)
            for one in decided
            if not one.is_exported and one.fate is not NO_PERSON
        ],
    }
    return render_to_string("quizzes/takeaway/readme.txt", context)


def _tables(reader: Reader) -> list[tuple[str, str, int]]:
    counted = [
        (tabulating.name_of(one), str(one.says), possessing.rows(one, reader.person).count())
        for one in possessing.exported()
    ]
    return [one for one in counted if one[-1]]


def _particulars(person: User) -> list[tuple[str, str]]:
    zone = person.time_zone
    said = [
        (_("Name shown to others"), person.display_name),
        (_("Name to sign in with"), "" if person.is_guest else person.username),
        (_("Given and family name"), person.get_full_name()),
        (pgettext("address", "E-mail"), person.email),
        (_("Time zone"), zone),
        (_("Study day starts at"), f"{person.day_rollover_hour:02}:00"),
        (_("Here since"), moment(person.date_joined, zone)),
        (_("Signed in last"), moment(person.last_login, zone)),
    ]
    return [(label, value) for label, value in said if value]

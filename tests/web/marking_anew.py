"""A question that is marked anew from its page."""

from django.test import Client

from quizzes.assessment.models import Attempt, Regrade
from tests.assessment.regraded import Course
from tests.web.test_review import text

REASON = "Two options were right."


def url(course: Course, *parts: object) -> str:
    place = ("/classes", course.room.uid, "assignments", course.given.uid, "regrades", *parts, "")
    return "/".join(map(str, place))


def propose(
    client: Client, course: Course, policy: str = "credit", **rest: str
) -> tuple[Regrade, str]:
    """Choose a way of marking on its page; gives the dry run and its address."""
    chosen = {"policy": policy, "never_lowers": "on", "reason": REASON} | rest
    if policy == "credit":
        chosen["credit"] = "0.2"
    page = client.post(url(course, "new", course.revisions["single"].pk), chosen)
    assert page.status_code == 302, text(page)
    return Regrade.objects.get(), page["Location"]


def scores() -> list[int | None]:
    return list(Attempt.objects.order_by("pk").values_list("score", flat=True))

"""/join/ and /invitations/ : how one comes into a class, and what is told before one does.

A code is tried at one address alone, whoever types it or follows a link, and only by people with
an account. Wrong codes are counted by network, by account and on the whole site; a code that is
wrong, closed, out of date or of an archived class is answered alike.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.cards import entering
from quizzes.people import admitting
from quizzes.people.models import Classroom, Enrollment, Invitation
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import CodeForm
from quizzes.web.owners import owner

type View[**Arguments] = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]

NOT_THERE, TOO_MANY = 404, 429
EVERYBODY = "everybody"


def for_accounts[**Arguments](view: View[Arguments]) -> View[Arguments]:
    """Let in whoever has an account; strangers sign in first, guests sign up, and all come back."""

    @never_cache
    @login_required
    @wraps(view)
    def answer(
        request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        if owner(request).is_guest:
            messages.info(request, _("Create an account, and you can join a class."))
            way_back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_signup')}?{way_back}")
        return view(request, *args, **kwargs)

    return cast("View[Arguments]", answer)


@for_accounts
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The box for a code, which leads to the page of its class."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("join-class", form.cleaned_data["code"])
    return _box(request, form, status=UNPROCESSABLE if form.errors else 200)


@for_accounts
@require_http_methods(["GET", "HEAD", "POST"])
def join_class(request: HttpRequest, code: str) -> HttpResponse:
    """Which class it is, and what is seen of one there; a post joins."""
    person, at = owner(request), now()
    if not _may_guess(request, is_look=True):
        return _box(request, CodeForm(), fault="many", status=TOO_MANY)
    plain = admitting.normalized(code)
    rooms = Classroom.objects.joinable(at).filter(join_code=plain)
    room = rooms.select_related("book").first()
    if room is None:
        fault, status = ("unknown", NOT_THERE) if _may_guess(request) else ("many", TOO_MANY)
        return _box(request, CodeForm(), fault=fault, status=status)
    if request.method == "POST":
        entering.join(room, plain, person, at)
        messages.success(request, _("You are in “%(room)s”.") % {"room": room.name})
        return redirect("classroom", room.uid)
    return _confirm(request, room, Enrollment.Role.STUDENT)


@for_accounts
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Which class it is, and as what one comes; a post takes the invitation up.

    Taken up, taken back, run out, or never made: there is no such page.
    """
    person, at = owner(request), now()
    standing = Invitation.objects.standing(at).select_related("classroom__book")
    found = get_object_or_404(standing, secret=secret)
    room = found.classroom
    if request.method == "POST":
        entering.accept(found, person, at)
        messages.success(request, _("You are in “%(room)s”.") % {"room": room.name})
        return redirect("classroom", room.uid)
    return _confirm(request, room, Enrollment.Role(found.role), named=found.name)


def lets_in(request: HttpRequest, path: str) -> bool:
    """Whether a page of ours is that of an invitation or a code by which one may come in now.

    A wrong code counts as one that was tried; when too many were, none lets in.
    """
    try:
        match = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return False
    if match.url_name == "invitation":
        return Invitation.objects.standing(now()).filter(**match.kwargs).exists()
    if match.url_name != "join-class" or not _may_guess(request, is_look=True):
        return False
    code = admitting.normalized(match.kwargs["code"])
    if Classroom.objects.joinable(now()).filter(join_code=code).exists():
        return True
    _may_guess(request)
    return False


def _may_guess(request: HttpRequest, *, is_look: bool = False) -> bool:
    """Whether one more wrong code is answered; it is counted, unless this is a look ahead.

    What allauth offers to all does not count a page that is only looked at. Here that is a guess.
    """
    action = "join" if request.user.is_authenticated else "join-stranger"
    rates = {"app": "allauth.account", "action": action, "key": EVERYBODY}
    return bool(ratelimit.consume(request, **rates, dry_run=is_look, limit_get=True))


def _confirm(
    request: HttpRequest, room: Classroom, role: Enrollment.Role, named: str = ""
) -> HttpResponse:
    """The page before one joins; whoever is in the class already goes there."""
    person = owner(request)
    mine = room.enrollments.filter(user=person).first()
    if mine and mine.role in (role, Enrollment.Role.INSTRUCTOR):
        return redirect("classroom", room.uid)
    instructors = room.enrollments.instructors().by_name()
    context = {
        "classroom": room,
        "instructors": [one.user.name for one in instructors],
        "is_student": role == Enrollment.Role.STUDENT,
        "role": role.label,
        "name": person.display_name or named or person.username,
        "place": "classes",
    }
    return render(request, "quizzes/join_class.html", context)


def _box(request: HttpRequest, form: CodeForm, *, status: int, fault: str = "") -> HttpResponse:
    context = {"form": form, "fault": fault, "place": "classes"}
    return render(request, "quizzes/join.html", context, status=status)

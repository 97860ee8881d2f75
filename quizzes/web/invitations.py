"""/classes/<class>/invitations/ : who is invited, by a link that is copied or sent."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes import jobs
from quizzes.people import inviting
from quizzes.people.inviting import Offer
from quizzes.people.models import Classroom, Invitation
from quizzes.web import teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import InviteForm
from quizzes.web.owners import owner

SHOWN = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The invitations that stand, each with its link; a post makes another."""
    room, person = teaching.classroom(request, uid), owner(request)
    form = InviteForm(request.POST or None, roles=inviting.roles(room, person))
    if request.method == "POST" and form.is_valid():
        made = inviting.invite(room, person, [Offer(**form.cleaned_data)], now())
        send(request, room, made)
        messages.success(request, _("The invitation is made. Its link is in the list."))
        return redirect("invitations", uid)
    standing = room.invitations.standing(now())
    page = Paginator(standing, SHOWN).get_page(request.GET.get("page"))
    context = {
        "classroom": room,
        "form": form,
        "page": page,
        "links": [(one, address(request, one)) for one in page],
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/invitations.html", context, status=status)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Let an invitation's link lead nowhere."""
    room = teaching.classroom(request, uid)
    inviting.withdraw(teaching.invitation(room, number), owner(request), now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("invitations", uid)


def address(request: HttpRequest, invitation: Invitation) -> str:
    """Where an invitation is taken up."""
    return request.build_absolute_uri(reverse("invitation", args=[invitation.secret]))


def send(request: HttpRequest, room: Classroom, invited: Collection[Invitation]) -> int:
    """Have a letter sent to each who has an e-mail address; how many that are."""
    letters = [_letter(request, room, one) for one in invited if one.email]
    if letters:
        jobs.send_letters.enqueue(letters)
    return len(letters)


def _letter(request: HttpRequest, room: Classroom, invitation: Invitation) -> list[str]:
    context = {
        "classroom": room,
        "invitation": invitation,
        "inviter": owner(request).name,
        "link": address(request, invitation),
    }
    subject = _("You are invited to “%(room)s”") % {"room": " ".join(room.name.split())}
    return [invitation.email, subject, render_to_string("quizzes/invitation.txt", context)]

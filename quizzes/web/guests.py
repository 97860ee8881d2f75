"""Guests at the door: how a visitor becomes one, and what is kept when an account is opened.

A guest is signed in by the session alone. Signing up turns the guest's row into an account
(`accounts`); signing in to an account that exists leaves a *claim* in the new session, and a page
asks whether the guest's reviews should be added. A claim never leaves the server, is good for an
hour and for one answer, and once it was used its guest is gone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypedDict, cast

from allauth.core import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.assessment import adopting
from quizzes.assessment.models import Attempt
from quizzes.cards import merging, planning
from quizzes.cards.models import Review, StudyPlan
from quizzes.items.models import Item
from quizzes.people import admitting, guesting
from quizzes.people.models import User
from quizzes.refusal import Refusal
from quizzes.web import answers

# A year: the reviews go 30 days after the last one, and no answer may cost a write to the session.
_SESSION_SECONDS = 365 * 24 * 3600
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_CLAIM, _AFTER_CLAIM = "guest_claim", "after_guest_claim"
_CLAIM_SECONDS = 3600

# Pages for people with an account alone, and those for people without.
_FOR_ACCOUNTS = {
    "account",
    "account_change_password",
    "account_email",
    "account_reauthenticate",
    "account_set_password",
    "calendar-key",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "reminders",
    "sign-in-name",
    "sign-ins",
}
_FOR_STRANGERS = {"account_login", "account_signup", "mfa_login_webauthn"}


class TooManyGuests(Refusal):
    """More guests from one address within an hour than one household or class brings."""


class _Claim(TypedDict):
    guest: int
    account: int


def of(request: HttpRequest) -> User | None:
    """The guest who asks; none if it is somebody else, or nobody."""
    user = request.user
    return User.objects.filter(pk=user.pk, is_guest=True).first() if user.pk else None


@contextmanager
def learner(request: HttpRequest, item: Item, at: datetime) -> Iterator[User]:
    """Whoever is signed in; else a new guest with a plan for the item's book.

    The guest is made in one transaction with what is done in the block, and signed in after it.
    Refuses with `TooManyGuests`.
    """
    if request.user.is_authenticated:
        yield request.user
        return
    if not ratelimit.consume(request, action="guest"):
        raise TooManyGuests(
            _("Many people try cards from your network just now. Sign up, or come back in an hour.")
        )
    with transaction.atomic():
        guest = guesting.begin(at, request.COOKIES.get("time_zone", ""))
        planning.start(guest, item.book, at)
        yield guest
    login(request, guest, backend=_BACKEND)
    request.session.set_expiry(_SESSION_SECONDS)


def leave_claim(request: HttpRequest, guest: int, account: User) -> None:
    """Remember, in the session that was just begun, whose reviews and quizzes it may add."""
    reviews, attempts = _counts(guest)
    if reviews or attempts:
        request.session[_CLAIM] = signing.dumps(
            _Claim(guest=guest, account=account.pk), salt=_CLAIM
        )


def ask_first(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The page that asks about the claim, where there is one, before the page that was meant."""
    if _CLAIM not in request.session:
        return answer
    request.session[_AFTER_CLAIM] = answer["Location"]
    return redirect("claim")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Add the guest's reviews to this account, or leave them."""
    guest = _claimed(request)
    account = cast("User", request.user)
    if request.method != "POST":
        reviews, attempts = _counts(guest.pk)
        return render(request, "quizzes/claim.html", {"reviews": reviews, "attempts": attempts})
    is_wanted = answers.choice(request.POST, "answer", "yes", "no") == "yes"
    if is_wanted:
        _add(guest, account, now())
    del request.session[_CLAIM]
    return redirect(request.session.pop(_AFTER_CLAIM, "today"))


@transaction.atomic
def _add(guest: User, account: User, at: datetime) -> None:
    """All that the guest did is the account's now, and there is no guest any more."""
    for plan in StudyPlan.objects.filter(learner=guest).select_related("book").order_by("pk"):
        planning.start(account, plan.book, at)
    merging.copy_reviews(guest, account)
    merging.copy_acts(guest, account, at)
    adopting.adopt(guest, account)
    guesting.dismiss(guest)


def _counts(guest: int) -> tuple[int, int]:
    """How many reviews a guest gave, and how many quizzes were begun."""
    reviews = Review.objects.standing().filter(learner=guest, source=Review.Source.FLASHCARD)
    return reviews.count(), Attempt.objects.filter(learner=guest).count()


def _claimed(request: HttpRequest) -> User:
    """The guest that this session may claim for this account; else there is no such page."""
    try:
        claim: _Claim = signing.loads(
            request.session.get(_CLAIM, ""), salt=_CLAIM, max_age=_CLAIM_SECONDS
        )
    except signing.BadSignature as error:
        raise Http404 from error
    if claim["account"] != request.user.pk:
        raise Http404
    return get_object_or_404(User, pk=claim["guest"], is_guest=True)


class DoorMiddleware:
    """Guests are signed in, yet may sign up or in; who has an account need do neither again.

    A class's code that is typed there leads to the same page by way of the class.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in _FOR_STRANGERS and request.user.is_authenticated and not request.user.is_guest:
            return redirect("today")
        if name == "account_signup" and (code := admitting.normalized(request.GET.get("code", ""))):
            way_on = urlencode({"next": reverse("join-class", args=[code])})
            return redirect(f"{reverse('account_signup')}?{way_on}")
        if name in _FOR_ACCOUNTS and request.user.is_authenticated and request.user.is_guest:
            return redirect("account_signup")
        return None

"""Who may keep books: everybody with an account. A guest is asked to open one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from quizzes.people.models import User

type View[**Arguments] = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def for_owners[**Arguments](view: View[Arguments]) -> View[Arguments]:
    """Let in whoever has an account; strangers sign in first, guests sign up."""

    @never_cache
    @login_required
    @wraps(view)
    def answer(
        request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        if owner(request).is_guest:
            messages.info(request, _("Create an account, and you can keep cards of your own."))
            return redirect("account_signup")
        return view(request, *args, **kwargs)

    return cast("View[Arguments]", answer)


def owner(request: HttpRequest) -> User:
    """Whoever is signed in, as a view behind `for_owners` knows."""
    user: Any = request.user
    return user  # type: ignore[no-any-return]


def way_on(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that `next` names, or another one."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else otherwise

"""/settings/keyboard/ : other keys for the study screen and for quizzes."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.people import remapping
from quizzes.people.models import User
from quizzes.web.answers import UNPROCESSABLE

_ACTS = {
    "rate-1": gettext_lazy("Forgot"),
    "rate-2": gettext_lazy("Hard"),
    "rate-3": gettext_lazy("Remembered"),
    "rate-4": gettext_lazy("Easy"),
    "undo": gettext_lazy("Undo"),
    "edit": gettext_lazy("Edit, or report an error"),
    "bury": gettext_lazy("Not today"),
    "suspend": gettext_lazy("Set aside"),
    "flag": gettext_lazy("Flag"),
    "info": gettext_lazy("About this card"),
    "note": gettext_lazy("My note"),
    "more": gettext_lazy("More"),
    "next": gettext_lazy("Next question"),
    "previous": gettext_lazy("Previous question"),
    "go-to": gettext_lazy("Go to question"),
    "clock": gettext_lazy("Hide or show the clock"),
}


class KeyboardForm(forms.Form):
    """One key for each act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for act, name in _ACTS.items():
            widget = forms.TextInput(attrs={"size": 2, "autocomplete": "off", "class": "key-input"})
            self.fields[act] = forms.CharField(label=name, max_length=1, widget=widget)

    def clean(self) -> dict[str, str]:
        keys = super().clean() or self.cleaned_data
        for act, fault in remapping.faults(keys).items():
            if act not in self.errors:
                self.add_error(act, fault)
        return keys


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keyboard(request: HttpRequest) -> HttpResponse:
    """The keys of studying and of quizzes, to be changed one by one or all put back."""
    person = cast("User", request.user)
    keys = remapping.USUAL | remapping.shortcuts(person)
    form = KeyboardForm(request.POST or None, initial=keys)
    if request.method == "POST" and ("usual" in request.POST or form.is_valid()):
        remapping.remap(person, {} if "usual" in request.POST else form.cleaned_data)
        messages.success(request, _("Your keys are saved."))
        return redirect("keyboard")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/keyboard.html", {"form": form}, status=status)

"""The addresses of one's own account, and those of two-step sign-in that we want of allauth."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from quizzes.web import account, sessions
from quizzes.web.two_step import AnyView, for_own_account, where_passkeys_work


def _private(view: AnyView) -> AnyView:
    """Nothing of it stays in a browser that somebody else may use next."""
    return never_cache(login_required(view))


# /settings/account/
_ours = [
    path("settings/account/", account.account, name="account"),
    path("settings/account/name/", account.sign_in_name, name="sign-in-name"),
    path("settings/account/sign-ins/", sessions.end, name="sign-ins"),
    path("settings/account/reminders/", account.reminders, name="reminders"),
    path("settings/account/calendar/", account.calendar_key, name="calendar-key"),
]

_two = "accounts/two-step/"
_activate = never_cache(for_own_account(totp.activate_totp))
_deactivate = _private(totp.deactivate_totp)
_again = _private(base.reauthenticate)

# /accounts/two-step/
_two_step = [
    path(_two, _private(base.index), name="mfa_index"),
    path(f"{_two}enter/", never_cache(base.authenticate), name="mfa_authenticate"),
    path(f"{_two}again/", _again, name="mfa_reauthenticate"),
    path(f"{_two}app/", _activate, name="mfa_activate_totp"),
    path(f"{_two}app/off/", _deactivate, name="mfa_deactivate_totp"),
]

_codes = f"{_two}codes/"
_view, _download = _private(codes.view_recovery_codes), _private(codes.download_recovery_codes)
_generate = _private(codes.generate_recovery_codes)

# /accounts/two-step/codes/
_recovery = [
    path(_codes, _view, name="mfa_view_recovery_codes"),
    path(f"{_codes}new/", _generate, name="mfa_generate_recovery_codes"),
    path(f"{_codes}download/", _download, name="mfa_download_recovery_codes"),
]

_passkeys, _passkey = "accounts/passkeys/", "accounts/passkeys/<int:pk>/"
_add = never_cache(for_own_account(where_passkeys_work(webauthn.add_webauthn)))
_by_passkey = _private(webauthn.reauthenticate_webauthn)
_list = RedirectView.as_view(pattern_name="mfa_index")
_enter = never_cache(webauthn.login_webauthn)
_rename, _remove = _private(webauthn.edit_webauthn), _private(webauthn.remove_webauthn)

# /accounts/passkeys/
_with_passkeys = [
    path(_passkeys, _private(_list), name="mfa_list_webauthn"),
    path(f"{_passkeys}new/", _add, name="mfa_add_webauthn"),
    path(f"{_passkeys}enter/", _enter, name="mfa_login_webauthn"),
    path(f"{_passkeys}again/", _by_passkey, name="mfa_reauthenticate_webauthn"),
    path(f"{_passkey}name/", _rename, name="mfa_edit_webauthn"),
    path(f"{_passkey}remove/", _remove, name="mfa_remove_webauthn"),
]

account_urls = [*_ours, *_two_step, *_recovery, *_with_passkeys]

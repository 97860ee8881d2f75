"""Tags that say who comes in: what the site's settings let a page offer."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def registration() -> str:
    """Who makes an account here: `open`, `invited` or `closed`."""
    return str(settings.REGISTRATION)


@register.simple_tag
def contact() -> str:
    """Whom people ask for an account; may be empty."""
    return str(settings.CONTACT)

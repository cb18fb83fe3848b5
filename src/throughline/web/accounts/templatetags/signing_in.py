"""What pages of signing in must know about the installation."""

from django import template

from throughline.web.accounts import mail

register = template.Library()


@register.simple_tag
def mail_is_sent() -> bool:
    """Whether a mail server is set up."""
    return mail.mail_works()

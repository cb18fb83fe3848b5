"""The one place where this package's mail leaves: a text of templates/accounts/mail to an address.

Without a mail server nothing is sent, and the caller is told so: an invitation's link is then shown to the inviter to hand over.
"""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

LOG = logging.getLogger(__name__)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail_works() -> bool:
    """Whether a mail server is set up."""
    return bool(settings.EMAIL_HOST) or settings.EMAIL_BACKEND != SMTP


def send(to: str, template: str, context: dict[str, object]) -> bool:
    """Send the text of a template, whose first line is the subject; False when it could not be sent."""
    first, _, body = render_to_string(f"accounts/mail/{template}.txt", context).strip().partition("\n")
    return deliver(EmailMessage(" ".join(first.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]))


def deliver(message: EmailMessage) -> bool:
    """Hand a message to the mail server; False, and a line in the server's log, when that fails."""
    if not mail_works():
        return False
    try:
        message.send()
    except (OSError, SMTPException) as error:
        LOG.warning("mail was not sent: %s", error)
        return False
    return True

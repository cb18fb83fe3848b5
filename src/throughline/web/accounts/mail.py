"""The one place where this package's mail leaves: a text of templates/accounts/mail to an address.

Without a mail server nothing is sent, and the caller is told so: an invitation's link is then shown to the inviter to hand over.
"""

import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from throughline.web.teamwork.mail import mail_works, queue

__all__ = ["deliver", "mail_works", "send"]


def send(to: str, template: str, context: dict[str, object]) -> bool:
    """Send the text of a template, whose first line is the subject; False when it could not be sent."""
    first, _, body = render_to_string(f"accounts/mail/{template}.txt", context).strip().partition("\n")
    return deliver(EmailMessage(" ".join(first.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]))


def deliver(message: EmailMessage) -> bool:
    """Put a message in the queue, from which the worker sends it; False when there is no mail server.

    These texts carry links that sign in: nobody reads them there, and they are forgotten once sent.
    """
    if not mail_works():
        return False
    for address in message.to:
        queue(address, str(message.subject), str(message.body), f"account/{secrets.token_hex(12)}", private=True)
    return True

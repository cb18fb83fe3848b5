"""The mail queue: a message is written with what it tells of, in one transaction, and sent afterwards by the worker.

`key` makes a message one however often it is asked for. A sender takes a message before it sends it, so two never send the same one; a
message whose sender died is tried again after ten minutes under the same Message-ID, by which mail systems know a copy. Waits between
tries grow from one minute to six hours; after eight the message has failed, and administrators see it.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from throughline.web.access.encrypted import UnreadableError
from throughline.web.teamwork.models import MailMessage
from throughline.web.teamwork.models.mail import FAILED, QUEUED, SENDING, SENT

LOG = logging.getLogger("throughline.mail")
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 360))
LEASE = timedelta(minutes=10)
AT_ONCE = 20
SMTP = "django.core.mail.backends.smtp.EmailBackend"
NO_SERVER = gettext_lazy("No mail server is set up.")


def queue(
    to: str, subject: str, body: str, key: str, district: int | None = None, private: bool = False
) -> MailMessage:  # fmt: skip
    """Put a message in the queue; the one of that key when it is there already. Part of the transaction in force."""
    try:
        with transaction.atomic():
            return MailMessage.objects.create(
                district_id=district, key=key[:200], to=to, subject=" ".join(subject.split())[:200],
                body=body.strip() + "\n", private=private, due_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        return MailMessage.objects.get(key=key[:200])


def queue_template(
    to: str, template: str, context: dict[str, object], key: str, district: int | None = None, private: bool = False
) -> MailMessage:
    """The same from a text template whose first line is the subject."""
    subject, _, body = render_to_string(template, context).strip().partition("\n")
    return queue(to, subject, body, key, district, private)


def mail_works() -> bool:
    """Whether a mail server is set up."""
    return bool(settings.EMAIL_HOST) or settings.EMAIL_BACKEND != SMTP


def send_due() -> int:
    """Send what is due, at most twenty messages; returns how many were sent. Nothing when no mail server is set up."""
    if not mail_works():
        return 0
    now = timezone.now()
    MailMessage.objects.filter(state=SENDING, due_at__lt=now).update(state=QUEUED)
    numbers = list(
        MailMessage.objects.filter(state=QUEUED, due_at__lte=now)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    return sum(_send(number) for number in numbers)


def not_sent(district: int) -> list[MailMessage]:
    """Messages of a district that have not left, for those who manage its people."""
    late = Q(state=FAILED) | Q(state=QUEUED, attempts__gt=0)
    found = MailMessage.objects.filter(district_id=district)
    found = found.filter(late) if mail_works() else found.exclude(state=SENT)
    return list(found.order_by("-pk")[:100])


def _send(number: int) -> bool:
    """Take one message and send it."""
    taken = MailMessage.objects.filter(pk=number, state=QUEUED).update(
        state=SENDING, attempts=F("attempts") + 1, due_at=timezone.now() + LEASE
    )
    if not taken:
        return False  # another sender has it
    try:
        row = MailMessage.objects.get(pk=number)
        _message(row).send()
    except SMTPRecipientsRefused:
        return _failed(number, gettext("The mail server does not know this address."), again=False)
    except UnreadableError:
        return _failed(number, gettext("The text cannot be read with the keys of this server."), again=False)
    except (OSError, SMTPException) as error:
        LOG.warning("mail %s was not sent: %s", number, error)
        return _failed(number, gettext("The mail server did not take it."), again=True)
    ended: dict[str, object] = {"state": SENT, "sent_at": timezone.now(), "trouble": ""}
    if row.private:
        ended["body"] = ""
    MailMessage.objects.filter(pk=number, state=SENDING).update(**ended)
    return True


def _failed(number: int, trouble: str, again: bool) -> bool:
    row = MailMessage.objects.defer("body").get(pk=number)
    if again and row.attempts <= len(WAITS):
        row.state, row.due_at = QUEUED, timezone.now() + WAITS[row.attempts - 1]
    else:
        row.state = FAILED
    row.trouble = trouble
    row.save(update_fields=["state", "due_at", "trouble"])
    return False


def _message(row: MailMessage) -> EmailMessage:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<throughline-{row.pk}-{row.made_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(
        row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [row.to], headers=headers, connection=get_connection()
    )

"""The mail queue against an SMTP server on loopback: each message once, tried again later, kept where there is no server."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from throughline.web.districts.models import District
from throughline.web.teamwork import mail
from throughline.web.teamwork.models import MailMessage
from throughline.web.teamwork.models.mail import FAILED, QUEUED, SENDING, SENT

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Inbox:
    """What the server took, and what it refuses."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.refuse = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Inbox()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    yield handler
    server.stop()


def test_a_message_is_sent_once_however_often_it_is_asked_for(db: None, inbox: Inbox) -> None:
    for _ in range(3):
        mail.queue("pat@home.example", "Review\r\nBcc: x@y.example", "Please look.", "task/1/opened")
    assert (mail.send_due(), mail.send_due(), len(inbox.messages)) == (1, 0, 1)
    text = inbox.messages[0].content.decode()
    assert "Subject: Review Bcc: x@y.example" in text
    assert inbox.messages[0].rcpt_tos == ["pat@home.example"]
    assert MailMessage.objects.get().state == SENT


def test_a_server_that_is_away_is_tried_again_later_and_in_the_end_the_message_has_failed(
    db: None, settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 9
    made = mail.queue("pat@home.example", "Hello", "Words.", "k")
    waits = []
    for _ in range(20):
        assert mail.send_due() == 0
        made.refresh_from_db()
        if made.state == FAILED:
            break
        waits.append(round((made.due_at - timezone.now()).total_seconds() / 60))
        MailMessage.objects.update(due_at=timezone.now())
    assert (made.state, made.attempts, made.trouble) == (FAILED, 8, "The mail server did not take it.")
    assert waits == sorted(waits)


def test_an_address_that_is_refused_is_not_tried_again(db: None, inbox: Inbox) -> None:
    inbox.refuse = "550 no such user"
    mail.queue("nobody@home.example", "Hello", "Words.", "k")
    mail.send_due()
    assert MailMessage.objects.get().state == FAILED


def test_a_message_whose_sender_died_is_sent_again_under_the_same_name(db: None, inbox: Inbox) -> None:
    mail.queue("pat@home.example", "Hello", "Words.", "k")
    mail.send_due()
    MailMessage.objects.update(state=SENDING, due_at=timezone.now() + timedelta(minutes=5))
    assert mail.send_due() == 0  # its sender may still live
    MailMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert mail.send_due() == 1
    names = {
        line for item in inbox.messages for line in item.content.decode().splitlines() if line.startswith("Message-ID")
    }
    assert (len(inbox.messages), len(names)) == (2, 1)


def test_without_a_mail_server_messages_stay_visible(home: District, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, ""
    mail.queue("pat@home.example", "Your invitation", "The link.", "k", home.pk)
    assert mail.send_due() == 0
    assert [(row.subject, row.body, row.state) for row in mail.not_sent(home.pk)] == [
        ("Your invitation", "The link.\n", QUEUED)
    ]


def test_the_database_never_holds_the_text_in_the_clear_and_private_texts_are_forgotten(db: None, inbox: Inbox) -> None:
    mail.queue("pat@home.example", "New password", "https://x/reset/SECRET", "k", private=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM teamwork_mailmessage")
        assert "SECRET" not in cursor.fetchone()[0]
    mail.send_due()
    assert MailMessage.objects.get().body == ""
    assert b"SECRET" in inbox.messages[0].content


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(inbox: Inbox) -> None:
    for number in range(12):
        mail.queue("pat@home.example", f"Number {number}", "Words.", f"k{number}")

    def send() -> None:
        mail.send_due()
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(inbox.messages) == 12
    assert not MailMessage.objects.exclude(state=SENT).exists()

"""Table of mail: what is to be sent, what was, and what could not be."""

from django.db import models
from django.utils.translation import gettext_lazy

from throughline.web.access.encrypted import EncryptedTextField

QUEUED, SENDING, SENT, FAILED = "queued", "sending", "sent", "failed"
STATES = (
    (QUEUED, gettext_lazy("Waiting")),
    (SENDING, gettext_lazy("Being sent")),
    (SENT, gettext_lazy("Sent")),
    (FAILED, gettext_lazy("Not sent")),
)


class MailMessage(models.Model):
    """A text to one address. `key` makes it one message however often it is asked for; the body is kept encrypted.

    `private` texts (a new password) are shown to nobody and forgotten once sent; others can be read by who manages people, so that a
    link can be handed over where no mail server is set up.
    """

    district = models.ForeignKey("districts.District", null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = EncryptedTextField("teamwork.MailMessage.body", blank=True)
    private = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="mail_that_is_due")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

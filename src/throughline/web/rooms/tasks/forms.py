"""Forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from throughline.web.accounts.models import ROLES, User
from throughline.web.teamwork.models.tasks import KINDS
from throughline.web.teamwork.tasks import members

ROLE = "role:"
PERSON = "person:"


def assignees() -> list[tuple[str, Any]]:
    """Who can be asked: roles, then people."""
    people = [(f"{PERSON}{user.pk}", str(user)) for user in members()]
    roles = [(f"{ROLE}{role}", f"Everyone: {words}") for role, words in ROLES]
    return [(gettext("People"), people), (gettext("Roles"), roles)]


def chosen(value: str) -> tuple[User | None, str]:
    """The person or the role that an option means."""
    if value.startswith(PERSON):
        return User.objects.filter(pk=int(value.removeprefix(PERSON))).first(), ""
    return None, value.removeprefix(ROLE)


class TaskForm(forms.Form):
    """A new task."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=KINDS,
        help_text=gettext_lazy("A review is answered with approved or returned; a request asks for something."),
    )
    who = forms.ChoiceField(label=gettext_lazy("Who"))
    due_on = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Until the end of that day where the district lies."),
    )
    words = forms.CharField(
        label=gettext_lazy("More"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = assignees()  # type: ignore[attr-defined]  # a ChoiceField


class CommentForm(forms.Form):
    """Words to a task."""

    words = forms.CharField(label=gettext_lazy("Comment"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))
    anonymous = forms.BooleanField(
        label=gettext_lazy("Do not show my name to readers"),
        required=False,
        help_text=gettext_lazy("District administrators can still see who wrote it, and auditors find it in the log."),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        required=False,
        help_text=gettext_lazy("Kept encrypted; only district administrators and technology leaders can read it."),
    )

    def __init__(self, *args: Any, may_keep: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_keep:
            del self.fields["confidential"]

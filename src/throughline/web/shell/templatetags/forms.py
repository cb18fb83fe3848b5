"""Form fields with the classes of the look and with their help and errors named to screen readers."""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

register = template.Library()
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
    (forms.Widget, "form-control"),
)


@register.simple_tag
def widget(field: Any) -> SafeString:
    """The field's control; help and errors are tied to it by id."""
    kind = field.field.widget
    style = next(name for known, name in CLASSES if isinstance(kind, known))
    told = [f"{field.auto_id}_helptext"] if field.help_text else []
    attributes: dict[str, Any] = {"class": f"{kind.attrs.get('class', '')} {style}".strip()}
    if field.errors:
        told.insert(0, f"{field.auto_id}_error")
        attributes |= {"aria-invalid": "true", "class": attributes["class"] + " is-invalid"}
    if told and not getattr(field, "use_fieldset", False):
        attributes["aria-describedby"] = " ".join(told)
    found: SafeString = field.as_widget(attrs=attributes)
    return found

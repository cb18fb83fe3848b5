"""One table for each plan noun, made from the engine's dataclass: same field names, same meaning.

`id` of the record is `record_id` here, because a row has a number of its own; everything else carries the engine's name (held by a
contract test). Exact decimals are text: SQLite would store them as binary fractions.
"""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from django.db import models

from throughline.app.records import KINDS
from throughline.web.access.scope import ScopedModel

RECORD_ID = "record_id"


def column(hint: Any) -> models.Field[Any, Any]:
    """The column of a field's type."""
    if get_origin(hint) is tuple:
        return models.JSONField()  # lists and pairs
    options = [option for option in (get_args(hint) or (hint,)) if option is not type(None)]
    null = type(None) in get_args(hint)
    if len(options) > 1:
        return models.JSONField(null=null)  # a source
    (kind,) = options
    if kind is bool:
        return models.BooleanField(null=null)
    if kind is int:
        return models.BigIntegerField(null=null)
    if kind is date:
        return models.DateField(null=null)
    if kind is str or kind is Decimal or issubclass(kind, Enum):
        return models.TextField(null=null)
    raise TypeError(f"no column for {hint}")


def _table(noun: str, kind: type) -> type[models.Model]:
    hints = get_type_hints(kind)
    body: dict[str, Any] = {name: column(hint) for name, hint in hints.items() if name != "id"}
    body[RECORD_ID] = models.CharField(max_length=400)
    body["Meta"] = type(
        "Meta",
        (ScopedModel.Meta,),
        {
            "app_label": "planning",
            "db_table": f"plan_{noun}",
            "constraints": [models.UniqueConstraint(fields=["district", RECORD_ID], name=f"one_{noun}_of_an_id")],
        },
    )
    body["__module__"] = __name__
    body["__doc__"] = f"A row of {noun}: {kind.__doc__}"
    body["__str__"] = lambda self: str(self.record_id)
    name = "DistrictSettings" if noun == "district" else "".join(part.title() for part in noun.split("_"))
    return type(name, (ScopedModel,), body)


TABLES: dict[str, Any] = {noun: _table(noun, kind) for noun, kind in KINDS.items()}

"""Tables carry the engine's field names: what the engine adds or renames shows here before anything is lost."""

from dataclasses import fields

from throughline.app.records import KINDS
from throughline.web.planning.nouns import TABLES


def test_every_field_of_every_noun_has_its_column() -> None:
    for noun, kind in KINDS.items():
        columns = {item.name for item in TABLES[noun]._meta.get_fields()}
        wanted = {"record_id" if item.name == "id" else item.name for item in fields(kind)}
        assert columns == wanted | {"id", "district"}, noun

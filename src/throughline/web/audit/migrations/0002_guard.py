"""The database refuses to change or delete entries; entries of one subject are found by an index."""

from typing import Any

from django.db import migrations, models

from throughline.web.audit import guard


def install(apps: Any, editor: Any) -> None:
    guard.install(editor.connection)


def remove(apps: Any, editor: Any) -> None:
    guard.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["chain", "subject"], name="entries_of_a_subject")
        ),
        migrations.RunPython(install, remove),
    ]

"""Counts of devices that left, by class, months and reason."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0001_initial"),
        ("planning", "0005_group_counts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Retirements",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asset_class", models.TextField()),
                ("left_on", models.DateField()),
                ("bought_on", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("units", models.BigIntegerField()),
                ("document", models.TextField()),
                ("source", models.JSONField(null=True)),
                ("record_id", models.CharField(max_length=400)),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.district",
                    ),
                ),
            ],
            options={
                "db_table": "plan_retirements",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("district", "record_id"), name="one_retirements_of_an_id")
                ],
            },
        ),
    ]

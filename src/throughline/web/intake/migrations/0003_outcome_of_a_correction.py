from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="outcome",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
    ]

"""Tables: an agency and the districts it serves."""

import secrets

from django.db import models


def new_key() -> str:
    """A random key that says nothing about the district; it names its folder."""
    return secrets.token_hex(16)


class Agency(models.Model):
    """A regional agency or state that serves several districts of one installation."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A school district. `slug` stands in addresses; `key` names its folder and never changes."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="districts")
    made_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

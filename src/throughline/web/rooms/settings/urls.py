"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.settings import tokens, views

urlpatterns = [
    path("", views.district_settings, name="district"),
    path("logo/", views.logo, name="logo"),
    path("rules/", views.rules, name="rules"),
    path("rules/set/", views.set_rule, name="set-rule"),
    path("budget/", views.budget, name="budget"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="revoke-token"),
]

"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.plan import explanation, views

urlpatterns = [
    path("", views.home, name="home"),
    path("explain/", explanation.explain, name="explain"),
    path("history/", views.history, name="history"),
    path("undo/", views.undo, name="undo"),
]

"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.plan import views

urlpatterns = [
    path("", views.home, name="home"),
    path("history/", views.history, name="history"),
    path("undo/", views.undo, name="undo"),
]

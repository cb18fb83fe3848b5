"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.audit import views

urlpatterns = [
    path("", views.home, name="home"),
    path("export.csv", views.export, name="export"),
]

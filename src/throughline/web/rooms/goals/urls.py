"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.goals import views

urlpatterns = [path("", views.home, name="home")]

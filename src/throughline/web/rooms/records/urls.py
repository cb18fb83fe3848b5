"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.records import views

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:noun>/", views.listing, name="list"),
    path("<slug:noun>/new/", views.new, name="new"),
    path("<slug:noun>/edit/<path:record>/", views.edit, name="edit"),
    path("<slug:noun>/remove/<path:record>/", views.remove, name="remove"),
]

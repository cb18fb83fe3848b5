"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.costs import views

urlpatterns = [
    path("", views.home, name="home"),
    path("budget/", views.budget, name="budget"),
    path("options/", views.options, name="options"),
    path("beside-others/", views.beside, name="beside"),
    path("schools/", views.schools, name="schools"),
    path("statements/", views.statements, name="statements"),
]

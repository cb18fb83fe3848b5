"""Addresses of long work in a district."""

from django.urls import path

from throughline.web.jobs import views

urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:number>/", views.status, name="status"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
]

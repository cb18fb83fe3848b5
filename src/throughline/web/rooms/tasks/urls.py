"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.tasks import views

urlpatterns = [
    path("", views.home, name="home"),
    path("mail/", views.mail, name="mail"),
    path("new/", views.new, name="new"),
    path("<int:number>/", views.task, name="task"),
    path("<int:number>/move/", views.move, name="move"),
    path("<int:number>/answer/", views.answer, name="answer"),
    path("<int:number>/assign/", views.assign, name="assign"),
    path("<int:number>/comment/", views.comment, name="comment"),
]

"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.people import views

urlpatterns = [
    path("", views.home, name="home"),
    path("invite/", views.send_invitation, name="invite"),
    path("invitations/<int:number>/resend/", views.resend, name="resend"),
    path("invitations/<int:number>/withdraw/", views.take_back, name="withdraw"),
    path("members/<int:number>/", views.member, name="member"),
    path("members/<int:number>/end/", views.end, name="end"),
    path("members/<int:number>/deactivate/", views.close_account, name="deactivate"),
    path("members/<int:number>/reactivate/", views.open_account, name="reactivate"),
    path("members/<int:number>/clear-factors/", views.clear_factors, name="clear-factors"),
    path("members/<int:number>/sign-out/", views.sign_out, name="sign-out"),
    path("sign-in/", views.services, name="services"),
    path("sign-in/<int:number>/remove/", views.remove_service, name="remove-service"),
]

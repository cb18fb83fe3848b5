"""Addresses of SAML, below the account's; the sign-in library includes them."""

from django.urls import path

from throughline.web.accounts.saml import views

urlpatterns = [
    path("saml/<slug:word>/metadata/", views.metadata, name="saml_metadata"),
    path("saml/<slug:word>/acs/", views.acs, name="saml_acs"),
    path("saml/<slug:word>/acs/finish/", views.finish, name="saml_finish_acs"),
]

"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.documents import decision_views, export_views, public_views, version_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("build/", views.build, name="build"),
    path("<int:number>/", views.preview, name="preview"),
    path("<int:number>/page-<int:page>.png", views.picture, name="page"),
    path("<int:number>/download/", views.download, name="download"),
    path("export/", export_views.export, name="export"),
    path("versions/", version_views.listing, name="versions"),
    path("versions/adopt/", version_views.adopt, name="adopt"),
    path("versions/<int:number>/", version_views.version, name="version"),
    path("versions/<int:number>/files/<path:name>", version_views.file, name="version-file"),
    path("decisions/", decision_views.listing, name="decisions"),
    path("decisions/new/", decision_views.new, name="new-decision"),
    path("decisions/<int:number>/", decision_views.decision, name="decision"),
    path("public/", public_views.home, name="public"),
    path("public/prepare/", public_views.prepare, name="prepare"),
    path("public/<int:number>/", public_views.snapshot, name="snapshot"),
    path("public/<int:number>/page/", public_views.page, name="snapshot-page"),
    path("public/<int:number>/answer/", public_views.answer, name="answer-snapshot"),
    path("public/withdraw/", public_views.withdraw, name="withdraw"),
]

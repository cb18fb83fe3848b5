"""The product's addresses and those of the fault tests."""

from django.urls import include, path

from tests.web.faults import views
from throughline.web.config import urls

own = [path(f"{name}/", getattr(views, name), name=name) for name in ("write", "sites", "devices", "job")]
urlpatterns = [path("d/<slug:district>/fault/", include((own, "fault"))), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

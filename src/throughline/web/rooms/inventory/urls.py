"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.inventory import believed, deliveries, devices, ends, given_back, lists, views, walk

urlpatterns = [
    path("", views.home, name="home"),
    path("bring/", deliveries.bring, name="bring"),
    path("bring/<slug:ref>/", deliveries.delivery, name="delivery"),
    path("bring/<slug:ref>/apply", deliveries.apply, name="apply"),
    path("bring/<slug:ref>/discard", deliveries.discard, name="discard"),
    path("bring/<slug:ref>/undo", deliveries.take_back, name="take-back"),
    path("bring/<slug:ref>/<int:position>", deliveries.replace, name="replace"),
    path("bring/<slug:ref>/<int:position>/refused.<slug:form>", given_back.refused, name="refused"),
    path("devices/", devices.devices, name="devices"),
    path("devices/one/", devices.device, name="device"),
    path("devices/correct", devices.correct, name="correct"),
    path("devices/uncorrect/<slug:ref>", devices.uncorrect, name="uncorrect"),
    path("lists/", lists.lists, name="lists"),
    path("lists/decide", lists.decide, name="decide"),
    path("lists/decided/", lists.decided, name="decided"),
    path("lists/decided/<slug:ref>", lists.take_back, name="undecide"),
    path("lists/devices.<slug:form>", lists.download, name="list-file"),
    path("lists/walk/", walk.walk, name="walk"),
    path("lists/walk.<slug:form>", walk.walk_file, name="walk-file"),
    path("lists/walk/seen", walk.seen, name="seen"),
    path("lists/believed/", believed.orders, name="believed"),
    path("readings/", views.readings, name="readings"),
    path("snapshots/", views.snapshots, name="snapshots"),
    path("models/", views.models, name="models"),
    path("ends/", ends.ends, name="ends"),
]

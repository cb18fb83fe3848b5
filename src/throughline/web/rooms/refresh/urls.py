"""Addresses of the room."""

from django.urls import path

from throughline.web.rooms.refresh import lives, scenarios, views, what_if

urlpatterns = [
    path("", views.home, name="home"),
    path("lives/", lives.how_long, name="lives"),
    path("lives/set/", lives.set_life, name="set-life"),
    path("what-if/", what_if.everything, name="what-if"),
    path("what-if/answer/", what_if.answer, name="answer"),
    path("what-if/keep/", what_if.keep_scenario, name="keep"),
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("scenarios/discard/", scenarios.discard_scenario, name="discard"),
]

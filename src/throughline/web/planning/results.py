"""Results of plans, computed once for each content, day and scenario and kept in memory."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from throughline.app.plans import OpenPlan
from throughline.app.run_plan import PlanResult, run_plan
from throughline.engine.plan.overlay import BASELINE_SCENARIO, Scenario

KEPT = 12  # a result of 150,000 devices holds some 30 MB
Key = tuple[str, str, date, Scenario]
_results: OrderedDict[Key, PlanResult] = OrderedDict()
_running: dict[Key, Lock] = {}
_lock = Lock()


def result_of(opened: OpenPlan, as_of: date, scenario: Scenario = BASELINE_SCENARIO) -> PlanResult:
    """The result of a plan on a day; two requests for the same one compute it once."""
    key = (str(opened.root), opened.manifest.digest, as_of, scenario)
    with _lock:
        if key in _results:
            _results.move_to_end(key)
            return _results[key]
        turn = _running.setdefault(key, Lock())
    with turn:
        with _lock:
            if key in _results:
                return _results[key]
        result = run_plan(opened, as_of, scenario)
        with _lock:
            _results[key] = result
            _running.pop(key, None)
            while len(_results) > KEPT:
                _results.popitem(last=False)
    return result

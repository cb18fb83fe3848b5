from datetime import date

from throughline.engine.reconcile.orders import Arrivals, OrderLine, open_units

JULY, AUGUST, SEPTEMBER = date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)


def test_an_order_of_which_nothing_arrived_is_wholly_open() -> None:
    assert open_units([OrderLine("a", "m", "", JULY, 30)], []) == {"a": 30}


def test_devices_enrolled_on_the_day_of_the_order_or_later_have_arrived() -> None:
    arrivals = [Arrivals("m", "", JULY, 10), Arrivals("m", "", date(2025, 6, 30), 5), Arrivals("other", "", AUGUST, 7)]
    assert open_units([OrderLine("a", "m", "", JULY, 30)], arrivals) == {"a": 20}


def test_more_devices_than_ordered_leave_nothing_open_and_never_less() -> None:
    assert open_units([OrderLine("a", "m", "", JULY, 30)], [Arrivals("m", "", AUGUST, 31)]) == {"a": 0}


def test_a_device_settles_one_order_only() -> None:
    lines = [OrderLine("a", "m", "", JULY, 30), OrderLine("b", "m", "", JULY, 30)]
    assert sum(open_units(lines, [Arrivals("m", "", AUGUST, 40)]).values()) == 20


def test_early_devices_go_to_early_orders_so_that_late_orders_keep_late_devices() -> None:
    lines = [OrderLine("early", "m", "", JULY, 10), OrderLine("late", "m", "", SEPTEMBER, 10)]
    arrivals = [Arrivals("m", "", SEPTEMBER, 10), Arrivals("m", "", AUGUST, 10)]
    assert open_units(lines, arrivals) == {"early": 0, "late": 0}


def test_devices_that_carry_the_number_of_an_order_settle_that_order() -> None:
    lines = [OrderLine("old", "m", "PO1", JULY, 10), OrderLine("new", "m", "PO2", AUGUST, 10)]
    assert open_units(lines, [Arrivals("m", "PO2", SEPTEMBER, 10)]) == {"old": 10, "new": 0}


def test_the_order_number_counts_even_when_no_day_is_known() -> None:
    assert open_units([OrderLine("a", "m", "PO1", None, 10)], [Arrivals("m", "PO1", None, 4)]) == {"a": 6}


def test_an_order_without_day_or_number_stays_open() -> None:
    assert open_units([OrderLine("a", "m", "", None, 10)], [Arrivals("m", "", AUGUST, 4)]) == {"a": 10}


def test_the_order_in_which_lines_are_read_does_not_matter() -> None:
    lines = [OrderLine("a", "m", "", JULY, 5), OrderLine("b", "m", "PO2", AUGUST, 5), OrderLine("c", "n", "", JULY, 5)]
    arrivals = [Arrivals("m", "", AUGUST, 7), Arrivals("n", "PO2", AUGUST, 2), Arrivals("m", "PO2", SEPTEMBER, 1)]
    assert open_units(lines, arrivals) == open_units(lines[::-1], arrivals[::-1])

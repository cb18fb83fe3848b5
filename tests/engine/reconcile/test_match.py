from datetime import date

from throughline.engine.reconcile.match import Known, Reconciliation, findings_of, reconcile

AS_OF = date(2026, 1, 15)


def known(**more: object) -> Known:
    return Known(**({"site": "lincoln", "model": "hp", "asset_class": "chromebook"} | more))  # type: ignore[arg-type]


def compared(managed: dict[str, Known], registered: dict[str, Known]) -> Reconciliation:
    return reconcile(managed, registered, AS_OF, unseen_days=180)


def test_devices_of_one_list_alone_are_counted_on_its_side() -> None:
    report = compared({"a": known(), "b": known()}, {"b": known(), "c": known()})
    assert (report.matched, report.only_managed, report.only_registered) == (1, 1, 1)


def test_the_register_is_not_asked_for_classes_that_management_does_not_manage() -> None:
    assert compared({"a": known()}, {"p": known(asset_class="panel")}).only_registered == 0


def test_a_device_out_of_the_fleet_is_missing_nowhere() -> None:
    report = compared({"a": known(in_fleet=False)}, {"c": known(in_fleet=False)})
    assert (report.only_managed, report.only_registered, report.managed, report.registered) == (0, 0, 0, 0)


def test_a_device_of_the_register_not_seen_for_more_than_180_days_is_counted() -> None:
    managed = {"on": known(last_seen=date(2025, 7, 19)), "over": known(last_seen=date(2025, 7, 18)), "no": known()}
    assert compared(managed, dict.fromkeys(managed, known())).unseen == 1


def test_a_difference_counts_only_where_both_say_something() -> None:
    managed = {"a": known(site="lincoln"), "b": known(site="UNASSIGNED"), "c": known(model="")}
    registered = {"a": known(site="roosevelt"), "b": known(), "c": known()}
    assert compared(managed, registered).disagreements == (("site", 1),)


def test_each_attribute_is_counted_by_itself() -> None:
    managed = {"a": known(model="dell", in_fleet=False, support_month=10)}
    report = compared(managed, {"a": known(support_month=11)})
    assert report.disagreements == (("model", 1), ("status", 1), ("support_end", 1))


def test_lists_that_agree_give_no_finding() -> None:
    assert findings_of(compared({"a": known()}, {"a": known()}), 180) == []


def test_every_kind_of_difference_is_a_finding_with_its_count() -> None:
    report = Reconciliation(9, 9, 5, 1, 2, 3, (("site", 4),))
    assert [(f.code, f.arguments["count"]) for f in findings_of(report, 180)] == [
        ("TL-FLEET-005", 1),
        ("TL-FLEET-006", 2),
        ("TL-FLEET-007", 3),
        ("TL-FLEET-008", 4),
    ]

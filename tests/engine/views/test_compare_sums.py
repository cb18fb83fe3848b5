from throughline.engine.views.compare import compare_sums


def test_a_member_of_one_side_only_is_compared_with_nothing() -> None:
    table = compare_sums({"levy": 500, "general": 100}, {"general": 600}, "fund", ("plan", "without the levy"))
    assert [row.values for row in table.rows] == [
        ("general", 100, 600, 500),
        ("levy", 500, 0, -500),
        ("Total", 600, 600, 0),
    ]
    assert [column.label for column in table.columns] == ["Fund", "plan", "without the levy", "Difference"]

"""The kind of a fund in a list: the id of any registered rule, or common words for it; what is neither is refused with the ids."""

from pathlib import Path

import pytest

from tests.app.folders import bring, fresh


def kinds(folder: Path, *written: str) -> tuple[list[str], list[str]]:
    rows = "\n".join(f"f{n},Fund {n},{kind},100" for n, kind in enumerate(written))
    (folder / "funds.csv").write_text(f"Fund ID,Fund,Kind,FY2028\n{rows}\n", encoding="utf-8")
    report = bring(fresh(folder / "plan"), folder / "funds.csv")
    return [fund.kind for fund in report.opened.plan.funds], [item.code for item in report.files[0].findings]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("title_iv_a", "title_iv_a"),
        ("reap_rlis", "reap_rlis"),
        ("Title I", "title_i_a"),
        ("Title II-A", "title_ii_a"),
        ("ESEA Title III", "title_iii_a"),
        ("Title 4 Part A", "title_iv_a"),
        ("E-Rate Category 1", "erate_c1"),
        ("E-Rate Category 2", "erate_c2"),
        ("E-Rate", "erate_c2"),
        ("ESSER II", "esser2"),
        ("ESSER III", "esser3"),
        ("IDEA special education", "idea_b"),
        ("Perkins", "perkins_v"),
        ("Food service", "food_service"),
        ("Operating levy", "levy"),
    ],
)
def test_a_kind_is_an_id_or_common_words(tmp_path: Path, written: str, kind: str) -> None:
    assert kinds(tmp_path, written)[0] == [kind]


def test_a_kind_nobody_knows_is_refused(tmp_path: Path) -> None:
    found, codes = kinds(tmp_path, "lottery", "general")
    assert found == ["general"]
    assert "TL-REC-082" in codes

from pathlib import Path

import pytest

from tests.importers.records.tables import codes, records
from throughline.importers.detect import importers, matches
from throughline.importers.outcome import Outcome
from throughline.importers.reading.book import open_book
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

SAMPLE = Path("src/throughline/importers/edfi_accounts/samples/finance.xml")


def read(folder: Path, text: str | bytes, name: str = "finance.xml") -> Outcome:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_here(Upload.of(path), {}, {}, {}, folder)


@pytest.mark.needs_shared_data
def test_the_published_sample_gives_a_rule_for_each_expenditure_account(shared_data: Path, tmp_path: Path) -> None:
    file = shared_data / "finance" / "edfi_grand_bend_v5_2" / "Finance.xml"
    outcome = read_here(Upload.of(file), {}, {}, {}, tmp_path)
    rules = records(outcome, "account_rules")
    assert (outcome.lines_read, outcome.accepted, outcome.blank) == (72, 67, 5)
    assert {rule.fund for rule in rules} <= {"1", "2", "3", "4"}
    (library,) = [rule for rule in rules if rule.account == "2-1-2220-600"]
    assert (library.fund, library.function, library.object) == ("1", "2220", "600")
    assert "$" not in repr(rules)


@pytest.mark.needs_shared_data
def test_the_organisations_of_the_same_sample_are_not_claimed(shared_data: Path) -> None:
    file = shared_data / "finance" / "edfi_grand_bend_v5_2" / "EducationOrganization.xml"
    assert matches(open_book(Upload.of(file)), importers()) == []


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/p">%p;]>',
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_document_type_refuses_the_file_before_anything_is_fetched(declared: str, codec: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("<InterchangeFinance", f"{declared}<InterchangeFinance", 1)
    text = text.replace("UTF-8", codec.upper(), 1)
    outcome = read(tmp_path, text.encode(codec))
    assert outcome.is_refused or outcome.questions
    assert not outcome.records
    if codec == "utf-8":
        assert codes(outcome) == ["TL-READ-018"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<?xml version="1.0"?><a><b><c>1</c>', "TL-READ-018"),
        ('<?xml version="1.0"?>' + "<a>" * 30 + "</a>" * 30, "TL-READ-018"),
        ('<?xml version="1.0"?><a>only words</a>', "TL-READ-018"),
        ('<?xml version="1.0"?><a><b>' + "".join(f"<c{n}>1</c{n}>" for n in range(201)) + "</b></a>", "TL-READ-011"),
        ('<?xml version="1.0"?><a>' + "".join(f"<b{n}><c>1</c></b{n}>" for n in range(61)) + "</a>", "TL-READ-018"),
    ],
)
def test_xml_that_is_no_list_of_records_is_refused(text: str, code: str, tmp_path: Path) -> None:
    outcome = read(tmp_path, text)
    assert outcome.is_refused
    assert codes(outcome) == [code]


def test_accounts_of_an_older_standard_are_asked_about_and_nothing_breaks(tmp_path: Path) -> None:
    code = "<AccountCodeReference><AccountCodeNumber>650</AccountCodeNumber></AccountCodeReference>"
    old = f"<Account><AccountIdentifier>1</AccountIdentifier>{code}</Account>"
    outcome = read(tmp_path, f'<?xml version="1.0"?><InterchangeFinance>{old}</InterchangeFinance>')
    assert [question.id for question in outcome.questions] == ["importer"]


def test_a_record_of_xml_is_known_by_the_line_it_begins_on(tmp_path: Path) -> None:
    (rule, *_) = records(read(tmp_path, SAMPLE.read_text(encoding="utf-8")), "account_rules")
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    assert lines[rule.source.row - 1].strip() == "<LocalAccount>"

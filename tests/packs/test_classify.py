import pytest

from throughline.engine.rulebook.book import Rulebook
from throughline.packs.classify import classify, load_device_words, read_device_words, spoken
from throughline.packs.problem import PackError

WORDS = load_device_words()


@pytest.mark.parametrize(
    ("category", "model", "asset_class"),
    [
        ("Chromebooks", "", "student-chromebook"),
        ("Laptops", "Dell Chromebook 3100", "student-chromebook"),
        ("Laptops", "Latitude 5420", "staff-laptop"),
        ("", "Apple iPad (8th generation)", "tablet"),
        ("Accessories", "Chromebook charger 45W", "other"),
        ("", "Chromebook Cart", "cart"),
        ("Charging Carts", "LocknCharge 30", "cart"),
        ("Chrome", "ASUS Chromebox 4", "desktop"),
        ("Network Switches", "Cisco Catalyst 9300", "access-switch"),
        ("Network", "Core Switch 9500", "core-switch"),
        ("Wireless Access Points", "AP-515", "access-point"),
        ("Interactive Flat Panels", "SMART MX275", "interactive-panel"),
        ("Projectors", "Epson", "projector"),
        ("Servers", "Dell PowerEdge R650", "server"),
        ("", "HP LaserJet M404", "printer"),
        ("UPS", "APC 1500", "ups"),
        ("Document cameras", "Elmo", "other"),
        ("Security cameras", "", "camera"),
    ],
)
def test_words_name_the_class(category: str, model: str, asset_class: str) -> None:
    assert classify(category, model, WORDS) == asset_class


@pytest.mark.parametrize("text", ["", "Widget", "Assets", "Miscellaneous", "Group A"])
def test_what_no_phrase_names_stays_without_class(text: str) -> None:
    assert classify(text, "", WORDS) == ""


def test_a_phrase_is_whole_words() -> None:
    assert classify("Upsell", "Scanlon", WORDS) == ""  # neither ups nor san


def test_every_phrase_names_a_class_of_the_catalog(book: Rulebook) -> None:
    assert {row.asset_class for row in WORDS} <= book.asset_classes.keys()
    assert all(row.ref.status == "OWN" for row in WORDS)


def test_no_phrase_is_hidden_by_an_earlier_one() -> None:
    hidden = [row.phrase for row in WORDS if classify(row.phrase, "", WORDS) != row.asset_class]
    assert not hidden


def test_a_phrase_given_twice_is_refused() -> None:
    row = "switch,access-switch,ours,2026-09-30,OWN\n"
    with pytest.raises(PackError, match="line 2"):
        read_device_words(("phrase,asset_class,source,verified_on,status\n" + row + row).encode(), "words.csv")


def test_plurals_and_punctuation_do_not_matter() -> None:
    assert spoken("Wi-Fi Access-Points (Switches)") == "wi fi access point switch"

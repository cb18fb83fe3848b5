from tests.contracts.repository import packages, shown


def test_every_package_says_in_a_readme_what_it_is_for() -> None:
    silent = [shown(folder) for folder in packages() if not (folder / "README.md").is_file()]
    assert not silent, f"no README.md in {silent}"


def test_every_readme_of_a_package_is_short_and_not_empty() -> None:
    for folder in packages():
        readme = folder / "README.md"
        lines = readme.read_text(encoding="utf-8").strip().splitlines() if readme.is_file() else ["absent"]
        assert 1 <= len(lines) <= 80, f"{shown(readme)} has {len(lines)} lines"

"""Writes the reference pages from what is registered: `make reference`. A contract test fails when a page is behind."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from throughline.app.messages import message_catalog
from throughline.cli.main import COMMANDS
from throughline.engine.funding.settings import NAMES
from throughline.engine.messages_en.names import NAMES as SETTINGS
from throughline.packs.reference import parameters_page
from throughline.registry import discover
from throughline.web.access.policy import policy
from throughline.workspace.schema import plan_schema

FOLDER = Path(__file__).parent
NOTE = "<!-- Written by `make reference` from what is registered; edit the source, not this page. -->\n"
KINDS = {
    "importers": (
        "throughline.importers",
        "importer",
        "Files that are recognized",
        "The `throughline importers` command lists the same.",
    ),
    "funds": ("throughline.packs.funds", "fund.yaml", "Funds", "What each may pay, how much there is and until when."),
    "reports": ("throughline.reports", "report", "Documents", "What a plan can be written as."),
    "catalogs": (
        "throughline.packs.catalogs",
        "README.md",
        "Catalogs",
        "Flat tables of reference data, dated and cited.",
    ),
    "frameworks": (
        "throughline.packs.frameworks",
        "framework.yaml",
        "Frameworks",
        "Pinned ids that work can be tied to.",
    ),
}


def plugin_page(kind: str) -> str:
    """One entry per plug-in: its id, and the title and first paragraph of its own README."""
    package, marker, title, lead = KINDS[kind]
    try:
        plugins = discover(package, marker)
    except ModuleNotFoundError:
        return ""
    entries = [_entry(name, plugins.folder(name)) for name in plugins.ids()]
    return f"# {title}\n\n{NOTE}\n{lead}\n\n" + "\n".join(entries) if entries else ""


def _entry(name: str, folder: Traversable) -> str:
    heading, _, body = (folder / "README.md").read_text(encoding="utf-8").strip().partition("\n")
    paragraph = body.strip().split("\n\n", 1)[0]
    title = heading.lstrip("# ").removeprefix(f"{name}: ")
    return f"## {title}\n\nId: `{name}`\n\n{paragraph}\n"


def fund_settings() -> str:
    """Names of the settings a fund may have, with what they mean."""
    rows = [f"| `{name}` | {SETTINGS[name]} |" for name in sorted(NAMES & SETTINGS.keys())]
    lead = "Entered for a fund as `name=value`, several with `; ` between them. Names that end in `_cents` are whole cents."
    return f"\n## Settings\n\n{lead}\n\n| name | means |\n|---|---|\n" + "\n".join(rows) + "\n"


def findings_page() -> str:
    """One row per code: what it says and what to do, slots shown by name."""
    rows: dict[str, list[str]] = {}
    for code, message in sorted(message_catalog().messages.items()):
        rows.setdefault(code.split("-")[1], []).append(
            f"| `{code}` | {_cell(message.text)} | {_cell(message.remedy)}{_typed(message.command)} |"
        )
    parts = [
        f"## {area}\n\n| code | says | remedy |\n|---|---|---|\n" + "\n".join(lines) + "\n"
        for area, lines in rows.items()
    ]
    lead = "Problems and notable facts, by code. A code never changes its meaning. Words in braces are filled in."
    return f"# Findings\n\n{NOTE}\n{lead}\n\n" + "\n".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _typed(command: str) -> str:
    """What a terminal shows beside the remedy."""
    return f" Terminal: `{_cell(command)}`" if command else ""


def commands_page() -> str:
    """The help of every command, as a terminal of 100 columns shows it."""
    blocks = [f"## throughline {name}\n\n```text\n{_help(name)}\n```\n" for name in COMMANDS]
    return f"# Commands\n\n{NOTE}\nEvery command answers `--help`.\n\n" + "\n".join(blocks)


def _help(*command: str) -> str:
    env = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHON_COLORS": "0"}
    run = [
        sys.executable,
        "-c",
        "import sys; from throughline.cli.main import main; sys.argv[0] = 'throughline'; sys.exit(main())",
    ]
    return subprocess.run(
        [*run, *command, "--help"], env=env, capture_output=True, text=True, check=True
    ).stdout.strip()


def roles_page() -> str:
    """Roles across, actions down, from the one table that every request is checked against; then the addresses of each action."""
    table = policy()
    head = "".join(f" {_role(role)} |" for role in table.roles)
    lines = [
        f"| `{action}` |" + "".join(f" {'yes' if role in roles else '–'} |" for role in table.roles)
        for action, roles in table.actions.items()
    ]
    strong = ", ".join(_role(role) for role in table.roles if role in table.second_factor)
    addresses: dict[str, list[str]] = {}
    for route, methods in table.routes.items():
        for method, action in methods.items():
            addresses.setdefault(action, []).append(f"{method} `{route}`")
    where = "\n".join(f"- `{action}`: {', '.join(found)}" for action, found in sorted(addresses.items()))
    return (
        f"# Roles and what they may do\n\n{NOTE}\n"
        "Roles of a district, then of an agency for the districts it serves. A person has one role in a district; "
        "who runs the installation sees no plan by that.\n\n"
        f"| action |{head}\n|---|{'---|' * len(table.roles)}\n" + "\n".join(lines) + "\n\n"
        f"A second factor is compulsory for: {strong}, and whoever runs the installation.\n\n"
        "## Addresses\n\nWhat each address of the web application needs, by method. `public` is everyone, "
        "`signed_in` any account, `operator` who runs the installation, `founder` an operator or an administrator "
        "of an agency. An address that is not here is refused.\n\n"
        f"{where}\n"
    )


def _role(name: str) -> str:
    return name.replace("_", " ")


def pages() -> Iterator[tuple[str, str]]:
    """File name and text of every page that does not depend on the version of Python."""
    for kind in KINDS:
        if text := plugin_page(kind):
            yield f"{kind}.md", text + (fund_settings() if kind == "funds" else "")
    yield "parameters.md", parameters_page().replace("\n\n", f"\n\n{NOTE}\n", 1)
    yield "findings.md", findings_page()
    yield "roles.md", roles_page()
    yield "plan-schema.json", json.dumps(plan_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    for name, text in [*pages(), ("commands.md", commands_page())]:
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

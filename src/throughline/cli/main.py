"""Entry point: find the command, parse its arguments, print its result or its error.

Exit codes: 0 done (findings do not change it), 1 could not do it, 2 wrong use.
"""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

COMMANDS = {
    "demo": "open the sample district: its plan and documents here, the living plan in a browser",
    "new": "create a plan folder for a district",
    "import": "read exports and tables into a plan, with preview and undo",
    "set": "enter money, settings, standards, rules and confirmations",
    "undo": "take the last step back",
    "template": "write an empty workbook with a sheet per kind of record",
    "plan": "compute the plan; print it, and write packet, workbook and cost lines with --out",
    "explain": "show why a number is what it is, down to files and rules",
    "check": "list the findings, worst first",
    "reconcile": "where inventories disagree, with money at stake, and how complete they are",
    "precedence": "which list is believed for what, and what another order would change",
    "report": "write one document",
    "compare": "set two plans or scenarios side by side",
    "budget": "set the plan beside the budget, orders and spending of the finance system",
    "freeze": "keep an adopted version with its documents, unchangeable",
    "serve": "the web application with its worker",
    "worker": "do the long work that pages start",
    "createadmin": "print the link for the first account, or invite a district administrator",
    "resetfactors": "remove the lost second factors of an account",
    "keys": "a new key for the encrypted values, while people work",
    "doctor": "check an installation and explain what was found",
    "backup": "keep an installation in one archive, while people work",
    "restore": "put an archive in place of what is there",
    "transfer": "move a plan between a district of the server and a plan folder",
    "audit": "check that nobody touched the log of who did what",
    "importers": "what can be imported",
    "rules": "the rules of a plan: values with their sources, and which of federal, state and local ones governs",
    "funds": "the kinds of funds and their rules",
    "frameworks": "frameworks for self-assessment",
    "reports": "the documents that can be written",
    "version": "version of the program and of its rule packs",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = _top()
    if not words or words[0] in ("-h", "--help"):
        parser.print_help()
        return 0 if words else 2
    if words[0] == "--version":
        words = ["version"]
    name = words[0]
    if name not in COMMANDS:
        parser.error(f"there is no command {name}; try: throughline --help")
    args = command_parser(name).parse_intermixed_args(words[1:])
    address = next((word for word in words[1:] if word.startswith(("http://", "https://"))), "")
    if address and "plan" in args:
        from throughline.cli import remote

        return _run(partial(remote.run, name, address), args)
    return _run(_module(name).run, args)


def command_parser(name: str) -> ArgumentParser:
    """The arguments of one command."""
    own = ArgumentParser(
        f"throughline {name}", description=f"{name}: {COMMANDS[name]}.", formatter_class=RawDescriptionHelpFormatter
    )
    own.add_argument(
        "--json", action="store_true", help="print one JSON object with stable keys, money as integer cents"
    )
    own.add_argument("--debug", action="store_true", help=SUPPRESS)
    _module(name).arguments(own)
    return own


def _module(name: str) -> Any:
    return import_module(f"throughline.cli.{name}_command")


def _run(run: object, args: Namespace) -> int:
    from throughline.cli.output import UsageError, fail, words_of

    assert callable(run)
    try:
        return int(run(args))
    except BrokenPipeError:
        # the reader went away (| head); nothing may be written at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return fail("stopped; the plan is as it was before this command", args.json)
    except (ValueError, OSError) as error:
        if args.debug:
            raise
        return fail(words_of(error), args.json, 2 if isinstance(error, UsageError) else 1)


def _top() -> ArgumentParser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {words}" for name, words in COMMANDS.items())
    return ArgumentParser(
        "throughline",
        usage="throughline COMMAND [options]",
        description="Turn a school district's exports into a funded five-year technology plan.",
        epilog=f"commands:\n{listing}\n\nthroughline COMMAND --help explains one command.",
        formatter_class=RawDescriptionHelpFormatter,
    )


if __name__ == "__main__":
    sys.exit(main())

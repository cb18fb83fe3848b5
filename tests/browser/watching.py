"""What no page may do: write an error to the console, break a script, ask for what the policy forbids, lose a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

LISTEN = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
LOADING = "Failed to load resource"  # said again by the response itself, with its status


@dataclass
class Watch:
    """Everything that went wrong in the pages of one context."""

    wrong: list[str] = field(default_factory=list)
    expected: frozenset[int] = frozenset()

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of the context, now and later."""
        context.add_init_script(LISTEN)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Inside, these answers are what the test is about."""
        before, self.expected = self.expected, self.expected | frozenset(statuses)
        try:
            yield
        finally:
            self.expected = before

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "assert") and LOADING not in message.text:
            self.wrong.append(f"console of {message.page.url if message.page else '?'}: {message.text}")
        elif message.type == "warning" and message.text.startswith("chart"):
            self.wrong.append(f"chart of {message.page.url if message.page else '?'}: {message.text}")

    def _failed(self, request: Request) -> None:
        why = request.failure or ""
        # What a page was still loading when the person left it, and a file that became a download, are no failures.
        if "ERR_ABORTED" not in why:
            self.wrong.append(f"request {request.method} {request.url}: {why}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.wrong.append(f"answer {response.status} to {response.request.method} {response.url}")


def settle(page: Page) -> None:
    """Wait until the page's scripts have drawn what they draw."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "[...document.querySelectorAll('[data-tl-chart]')].every((one) => one.matches('.drawn, .failed'))"
    )

"""The console of a portal, and the sandbox that answers it: files that are in a site if its reference is."""

from __future__ import annotations

FOLDER = "assets/themekit/console/"
SANDBOX = ("sandbox.js", "sandbox-worker.js", "sandbox-engine.js", "sandbox-data.js")
"""At the site's root; a brand whose portal shows no reference has no copy of the API's data either."""


def is_of_console(path: str) -> bool:
    """Whether a file of the docs, by its path in them, is the console's or the sandbox's."""
    return path.startswith(FOLDER) or path in SANDBOX

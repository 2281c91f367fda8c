"""Classes, ids and names that a partner's page may use: what the Markdown of the portal makes, and what only decorates.

A class of Material's own (`md-overlay`, `md-dialog`) could lay the page over the header, a `label` for `__search` could
open the search, and an id such as `documentElement` could stand in a script for what it is not.
"""

from __future__ import annotations

import re

ADMONITIONS = """
    note abstract summary tldr info todo tip hint important success check done question help faq warning caution
    attention failure fail missing danger error bug example quote cite inline end
"""
_MADE = """
    admonition admonition-title annotate abbr headerlink highlight highlighttable linenos linenodiv lineno code filename
    hll codehilite special normal no-highlight no-copy no-select select tabbed-set tabbed-alternate tabbed-labels
    tabbed-content tabbed-block task-list task-list-item task-list-control task-list-indicator footnote footnote-ref
    footnote-backref twemoji emojione gemoji emoji keys mermaid
"""
_CHOSEN = """
    grid cards card lg middle center heart md-button md-button--primary tk-hero tk-lead tk-caption tk-badge
    tk-badge--solid tk-badge--dot tk-button tk-button--primary tk-button--accent tk-button--ghost tk-button--soft
    tk-button--small tk-button--large tk-card tk-card--accent tk-card--flat tk-grid tk-stack tk-cluster tk-stat tk-steps
    tk-alert tk-table tk-divider tk-kbd tk-mark tk-tag
"""
CLASSES = frozenset(f"{ADMONITIONS} {_MADE} {_CHOSEN}".split())

_LANGUAGE_OR_KEY = re.compile(r"(?:language|key)-[a-z0-9+#_.-]{1,40}")
_TOKEN = re.compile(r"[a-z][a-z0-9]{0,2}(?:-[A-Z][A-Za-z]+)*")  # Pygments' names: `k`, `nb`, `err`, `p-Indicator`
_ID = re.compile(r"[a-z0-9\u00c0-\uffdc][a-z0-9\u00c0-\uffdc_.:-]*|fn(?:ref\d*)?:[\w.:-]+|__(?:codelineno|span)-[\w-]+")
_TAB = re.compile(r"__tabbed_\d+_\d+")
_OWN_NAMES = {
    "a": re.compile(r"__codelineno-[\w-]+"),
    "label": _TAB,
    "input": re.compile(r"__tabbed_\d+"),
}


def safe_classes(tag: str, value: str) -> str | None:
    """Those of the classes that may be used, or None if none may."""
    return " ".join(name for name in value.split() if is_safe_class(tag, name)) or None


def is_safe_class(tag: str, name: str) -> bool:
    """A class on the list; on a `span`, also Pygments' short ones."""
    return name in CLASSES or bool(_LANGUAGE_OR_KEY.fullmatch(name) or (tag == "span" and _TOKEN.fullmatch(name)))


def is_safe_id(value: str) -> bool:
    """In lower case, as anchors of headings are, or made by an extension: no name of Material's, none of a script."""
    return bool(_ID.fullmatch(value) or _TAB.fullmatch(value))


def is_own_name(tag: str, value: str) -> bool:
    """What `name` or `for` may be on this tag: what joins the parts of tabs, or numbers lines of code."""
    pattern = _OWN_NAMES.get(tag)
    return bool(pattern and pattern.fullmatch(value))

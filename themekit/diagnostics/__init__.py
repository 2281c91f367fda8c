"""What users see when something is wrong: spans and diagnostics as values, and their renderers.

Names are found when they are asked for: where nothing is wrong, few of these classes are needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.diagnostics.code import Code, Severity
    from themekit.diagnostics.diagnostic import Diagnostic, Fix, Note, Span
    from themekit.diagnostics.reporter import Reporter

__all__ = ["Code", "Diagnostic", "Fix", "Note", "Reporter", "Severity", "Span"]

_HOMES = {"Code": "code", "Severity": "code", "Reporter": "reporter"}
"""The module of each name; all others are in `diagnostic`."""


def __getattr__(name: str) -> object:
    """A name of one of the modules, kept from then on. Source: PEP 562."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'diagnostic')}"), name)
    return globals()[name]

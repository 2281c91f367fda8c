"""Brand to resolved tokens: colour maths, contrast solving, the default token set, and references.

Names are found when they are asked for: token files without a brand need no colour solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.resolve.default_tokens import default_colors, leading_colors
    from themekit.resolve.gradient_contrast import unjudged_gradients
    from themekit.resolve.pairs import ContrastPair, contrast_report
    from themekit.resolve.tokens import diagnose_tokens, resolve_mode, resolve_tokens

__all__ = [
    "ContrastPair",
    "contrast_report",
    "default_colors",
    "diagnose_tokens",
    "leading_colors",
    "resolve_mode",
    "resolve_tokens",
    "unjudged_gradients",
]

_HOMES = {
    "ContrastPair": "pairs",
    "contrast_report": "pairs",
    "unjudged_gradients": "gradient_contrast",
    "default_colors": "default_tokens",
    "leading_colors": "default_tokens",
}


def __getattr__(name: str) -> object:
    """A name of one of the modules, kept from then on. Source: PEP 562."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'tokens')}"), name)
    return globals()[name]

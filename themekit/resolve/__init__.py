"""Brand to resolved tokens: colour maths, contrast solving, the default token set, and references."""

from themekit.resolve.contract import ContrastPair, contrast_report
from themekit.resolve.default_tokens import default_colors
from themekit.resolve.tokens import diagnose_tokens, resolve_mode, resolve_tokens

__all__ = ["ContrastPair", "contrast_report", "default_colors", "diagnose_tokens", "resolve_mode", "resolve_tokens"]

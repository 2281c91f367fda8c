"""The Python SDK: typed, synchronous and asynchronous, with nothing but the standard library."""

from __future__ import annotations

from themekit.model.sdk import SdkLanguage
from themekit.sdk.python.emit import emit
from themekit.sdk.python.samples import sample
from themekit.sdk.python.surface import surface

LANGUAGE = SdkLanguage(
    "python",
    "Python",
    "typed, synchronous and asynchronous clients without dependencies",
    emit,
    sample,
    surface,
    sources=("sdk/python",),
)

"""Go: one package on the standard library alone."""

from __future__ import annotations

from themekit.model.sdk import SdkLanguage
from themekit.sdk.go.emit import emit
from themekit.sdk.go.sample import sample
from themekit.sdk.go.surface import surface

LANGUAGE = SdkLanguage(
    name="go",
    title="Go",
    summary="Go 1.21 and later, with net/http and no dependencies",
    emit=emit,
    sample=sample,
    surface=surface,
    sources=("sdk/go",),
)

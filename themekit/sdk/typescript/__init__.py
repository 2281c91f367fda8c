"""TypeScript: an npm package of ES modules, CommonJS modules and types, with no dependencies."""

from __future__ import annotations

from themekit.model.sdk import SdkLanguage
from themekit.sdk.typescript.emit import emit
from themekit.sdk.typescript.samples import sample
from themekit.sdk.typescript.surface import surface

LANGUAGE = SdkLanguage(
    "typescript",
    "TypeScript",
    "An npm package for Node.js and browsers: ES modules, CommonJS and types",
    emit,
    sample,
    surface,
    sources=("sdk/typescript",),
)

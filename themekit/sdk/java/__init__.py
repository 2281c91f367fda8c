"""Java 11 and later: immutable classes with builders over java.net.http, no dependency."""

from __future__ import annotations

from themekit.model.sdk import SdkLanguage
from themekit.sdk.java.emit import FOLDER, emit
from themekit.sdk.java.samples import sample
from themekit.sdk.java.surface import surface

LANGUAGE = SdkLanguage(
    name="java",
    title="Java",
    summary="A Maven package for Java 11 and later, with no dependency.",
    emit=emit,
    sample=sample,
    surface=surface,
    sources=(FOLDER,),
)

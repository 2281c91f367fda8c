"""go.mod and doc.go."""
from __future__ import annotations
from typing import TYPE_CHECKING
from themekit.model.sdk import sdk_file, slot
if TYPE_CHECKING:
    from collections.abc import Iterator
    from themekit.model.sdk import SdkFile
    from themekit.sdk.go.plan import Plan

def package_files(plan: Plan) -> Iterator[SdkFile]:
    """All."""
    yield sdk_file("go.mod", f"module {slot('go-module')}\n\ngo 1.21\n")

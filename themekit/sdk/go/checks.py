"""Tests."""
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from collections.abc import Iterator
    from themekit.model.sdk import SdkFile
    from themekit.sdk.go.plan import Plan

def checks(plan: Plan) -> Iterator[SdkFile]:
    """Test files."""
    return iter(())

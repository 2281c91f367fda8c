"""What a brand is known by, as far as its file says it: name and colour are there though something else is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.source.colors import color
from themekit.source.extends import Reading, merged
from themekit.source.node import Node
from themekit.source.text_policy import plain_text

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.model import Color
    from themekit.source.brand import BrandInputs


@dataclass(frozen=True, slots=True)
class Face:
    """None stands for what the file does not say, or says wrongly."""

    name: str | None
    primary: Color | None


def face_of(path: PurePosixPath, content: bytes, *, inputs: BrandInputs) -> Face:
    """Name and colour of a brand file and those that it extends; its tokens are not looked at."""
    unsaid = Reporter()  # who reads the whole brand reports
    whole = merged(path, content, root=path.parent.parent, reading=Reading(inputs.read, inputs.list_folder, unsaid))
    if whole is None:
        return Face(None, None)
    root = Node(whole.members, "", whole.sources, unsaid)
    return Face(plain_text(root.item("name")), color(root.node("color").item("primary"), is_seed=True))

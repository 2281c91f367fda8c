"""What only the kitchen's thread touches: what is shown to whom, and what is still to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.build.brands import brand_ids
from themekit.studio.updating.repaint import Told
from themekit.studio.updating.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Engine
    from themekit.model import BrandId
    from themekit.studio.updating.drafts import DraftEngine


@dataclass(slots=True)
class Bench:
    """The state of one preview."""

    shelf: Shelf = field(default_factory=Shelf)
    told: dict[BrandId, Told] = field(default_factory=dict)
    drafts: dict[BrandId, DraftEngine] = field(default_factory=dict)
    changed: set[BrandId] = field(default_factory=set)
    unpainted: dict[BrandId, Told] = field(default_factory=dict)
    """Those whose light and dark mode was told, and the others not."""
    changed_pages: set[PurePosixPath] = field(default_factory=set)
    ids: tuple[BrandId, ...] | None = None
    """The brands that there were when somebody was last told; None before anybody could be."""
    turns: int = 0

    def brands(self, engine: Engine) -> tuple[BrandId, ...]:
        """Those there are."""
        found = engine.get(brand_ids)
        if self.ids is None:
            self.ids = found
        return found

    def news_of_brands(self, engine: Engine) -> tuple[BrandId, ...] | None:
        """Those there are, if they are others than somebody was told."""
        now = self.brands(engine)
        before, self.ids = self.ids, now
        return None if before == now else now

    def begin(self, engine: Engine, brand_id: BrandId) -> Told:
        """The brand counts as shown from now on."""
        self.turns += 1
        told = self.told.setdefault(brand_id, Told(brand_id))
        told.begin(engine, turn=self.turns)
        return told

    def latest(self) -> list[Told]:
        """Brands that are shown, those first that somebody asked for last."""
        return sorted(self.told.values(), key=lambda each: -each.asked)

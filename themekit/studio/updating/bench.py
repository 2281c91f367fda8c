"""What only the kitchen's thread touches: what is shown to whom, and what is still to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.build.brands import brand, brand_ids, tokens
from themekit.model import Artifact
from themekit.studio.updating.drafts import DraftEngine
from themekit.studio.updating.repaint import Told
from themekit.studio.updating.shelf import TOKENS_SHEET, Shelf
from themekit.targets.css import minified

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from themekit.engine import Engine, Host
    from themekit.model import BrandId


AWAY_S = 0.25  # tools that take a file away and put it back, over a network too, have done so by then


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
    away: dict[BrandId, float] = field(default_factory=dict)
    """Those whose file is not there, and of which nobody was told so yet, by the time when that was seen first."""
    turns: int = 0

    def brands(self, engine: Engine) -> tuple[BrandId, ...]:
        """Those there are, and those of which nobody was told that they are gone: a save may unlink the file first."""
        found = engine.get(brand_ids)
        if self.ids is None:
            self.ids = found
        return tuple(sorted({*found, *self.ids}))

    def news_of_brands(self, engine: Engine, *, at_s: float) -> tuple[BrandId, ...] | None:
        """Those there are, if they are others than somebody was told; one is gone when it was away for a while."""
        told, there = self.brands(engine), engine.get(brand_ids)
        seen = {brand_id: self.away.get(brand_id, at_s) for brand_id in told if brand_id not in there}
        self.away = {brand_id: since_s for brand_id, since_s in seen.items() if at_s - since_s < AWAY_S}
        before, self.ids = self.ids, tuple(sorted({*there, *self.away}))
        return None if before == self.ids else self.ids

    def file(self, engine: Engine, brand_id: BrandId, *, path: PurePosixPath) -> Artifact | None:
        """A file of the brand's site. While an edit is half told, or wrong, its tokens are those that were told last.

        For what is told next is what differs from these.
        """
        rules = self.told[brand_id].rules if brand_id in self.told else ()
        if path == TOKENS_SHEET and rules and (brand_id in self.changed or engine.get(tokens, brand_id) is None):
            return Artifact.text(str(path), minified(rules), media_type="text/css")
        return self.shelf.file(engine, brand_id, path=path)

    def begin(self, engine: Engine, brand_id: BrandId) -> Told:
        """The brand counts as shown from now on."""
        self.turns += 1
        told = self.told.setdefault(brand_id, Told(brand_id))
        told.begin(engine, turn=self.turns)
        return told

    def drafting(self, host: Host, brand_id: BrandId, *, contents: Mapping[PurePosixPath, bytes]) -> Engine:
        """An engine for drafts of the brand, for which files have these contents."""
        if brand_id not in self.drafts:
            self.drafts[brand_id] = DraftEngine(host)
        return self.drafts[brand_id].with_contents(contents)

    def latest(self) -> list[Told]:
        """Brands that are shown, those first that somebody asked for last."""
        return sorted(self.told.values(), key=lambda each: -each.asked)


def read_brand(brand_id: BrandId, engine: Engine) -> None:
    """Read the brand's file, so that it is among the inputs."""
    engine.get(brand, brand_id)

"""What changed since, and who is told: the path of an edit from the watcher to the pages that show it.

An edit's first effect goes out before anything else is looked at: the declarations of `tokens.css` that differ, or the
one page whose Markdown it was. What else follows from it is looked at when there was quiet for a moment, in steps.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from themekit.build.brands import CONFIGURATION, brand_path, tokens
from themekit.build.portal import fields_of_page
from themekit.engine import Engine
from themekit.model import BrandId, Mode
from themekit.studio.brand_sources import news_of_files
from themekit.studio.updating.bench import Bench, read_brand
from themekit.studio.updating.drafts import Draft, draft_of, glance_of
from themekit.studio.updating.drawing import Drawing
from themekit.studio.updating.due import logos_due, pages_due, pictures_due, site_due
from themekit.studio.updating.events import Events
from themekit.studio.updating.kitchen import Kitchen, KitchenClosed, Rank
from themekit.studio.updating.late_store import LateStore
from themekit.studio.updating.repaint import (
    Told,
    after_repaint,
    glimpsed,
    page_steps,
    picture_steps,
    repaint,
    repaint_first,
    rerender,
)
from themekit.studio.updating.shelf import blank, is_drawn, is_logo, is_of_all_pages
from themekit.studio.updating.sweeping import Sweeper
from themekit.studio.updating.warming import warm_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from themekit.build.project import Project
    from themekit.engine import Question
    from themekit.engine.job import Job
    from themekit.model import Artifact
    from themekit.studio.updating.due import Due
    from themekit.studio.updating.events import Event
    from themekit.studio.updating.patch import Patch
    from themekit.studio.updating.problems import Problem
    from themekit.studio.updating.repaint import Step

    Contents = Mapping[PurePosixPath, bytes]

T = TypeVar("T")

HALF_WRITTEN_S = 0.03  # an editor that truncates and writes has written by then
TELL_S = 0.001  # the loop sends the glimpse meanwhile, without another thread of Python's to wait for
PAINT_S = 0.02  # a browser paints meanwhile: high contrast can wait for that, and takes a core
QUIET_S = 0.15
DRAWING_QUIET_S = 1.0  # more: a process that draws takes a core, and each edit would begin it anew
MAX_ROUNDS = 3  # then the kitchen makes it itself
PATIENCE_S = 0.3  # for fonts and icons; a browser does not show a page without the sheets that it waits for
LOGO_PATIENCE_S = 6.0  # a page is shown without its pictures, but not complete without its logo


class Live:
    """The state of a preview. Only for the thread of the event loop, but for what `ask` hands to the kitchen."""

    def __init__(self, project: Project) -> None:
        """Must be made where the event loop runs."""
        self.project = project
        self.events = Events()
        self.serials: dict[BrandId, int] = {}
        self._problems: dict[BrandId, list[Problem]] = {}
        self._loop = asyncio.get_running_loop()
        self._store = LateStore(project.store)
        self._kitchen = Kitchen(Engine(project.host, self._store))
        self._drawing = Drawing(project)
        self._sweeper = Sweeper()
        self._bench = Bench()
        self._pending: set[PurePosixPath] = set()
        self._working: asyncio.Task[None] | None = None
        self._calm: asyncio.Task[None] | None = None
        self._due_at = 0.0
        self._warming: asyncio.Task[None] | None = None
        self._made: dict[tuple[BrandId, Due], asyncio.Task[bool]] = {}
        self._drawn: dict[BrandId, asyncio.Task[None]] = {}
        self.on_read: Callable[[tuple[Question, ...]], None] = lambda _: None
        """Is told what the kitchen has read so far: what to watch."""
        self._soon()

    async def ask(self, work: Callable[[Engine], T], *, rank: Rank = Rank.ASKED) -> T:  # noqa: D102  # Kitchen.do
        return await self._kitchen.do(work, rank=rank)

    async def brands(self) -> tuple[BrandId, ...]:
        """Those there are."""
        return await self.ask(self._bench.brands)

    async def file(self, brand_id: BrandId, path: PurePosixPath) -> Artifact | None:
        """A file of the brand's site. From now on the brand counts as shown.

        A picture or font that takes long to draw is an empty file at first; when it is drawn, that is told.
        """
        if brand_id not in await self.brands():
            return None
        await self._wait(self._once(brand_id, pages_due))
        if is_of_all_pages(path):
            await self._wait(self._once(brand_id, site_due))
        is_missing = False
        if is_drawn(path):
            logos, drawing = self._once(brand_id, logos_due), self._once(brand_id, pictures_due)
            wanted, patience_s = (logos, LOGO_PATIENCE_S) if is_logo(path) else (drawing, PATIENCE_S)
            is_missing = not (await asyncio.wait([wanted], timeout=patience_s))[0]

        def work(engine: Engine) -> Artifact | None:
            told = self._bench.begin(engine, brand_id)
            told.begin_pages(engine, self._bench.shelf, tell=self._tell)
            if is_missing:
                told.pictures = {}
                return blank(path)
            return self._bench.file(engine, brand_id, path=path)

        found = await self.ask(work)
        if self._calm is None or self._calm.done():
            self._soon()
        return found

    async def prepare_pictures(self, brand_id: BrandId) -> None:
        """Wait until the brand's pictures are drawn."""
        await self._wait(self._once(brand_id, pictures_due))

    async def shown(self, brand_id: BrandId, work: Callable[[Engine], T]) -> T:
        """What the work comes to in the kitchen; from now on the brand counts as shown, if there is one."""

        def begun(engine: Engine) -> T:
            if brand_id in self._bench.brands(engine):
                self._bench.begin(engine, brand_id)
            return work(engine)

        return await self.ask(begun)

    def _once(self, brand_id: BrandId, due: Due) -> asyncio.Task[bool]:
        """The first time, what takes long is made in another process, unless the store has it."""
        key = brand_id, due
        if key not in self._made:
            work = partial(due, brand_id=brand_id, shelf=self._bench.shelf)
            self._made[key] = asyncio.create_task(self._make(work))
        return self._made[key]

    async def _wait(self, making: asyncio.Task[bool]) -> None:
        """Wait without being able to cancel it: others may wait, too. Raises KitchenClosed when the preview ends."""
        try:
            await asyncio.shield(making)
        except asyncio.CancelledError:
            if self._kitchen.is_closed:
                raise KitchenClosed from None
            raise

    async def _make(self, due: Callable[[Engine], list[Job]]) -> bool:
        """Run what is due in another process; whether it is all in the store then. An edit meanwhile needs another."""
        for _ in range(MAX_ROUNDS):
            jobs = await self.ask(due)
            if not jobs:
                return True
            await self.ask(lambda _: self._store.flush())
            await self._drawing.run(jobs)
        return False

    async def draft(self, brand_id: BrandId, contents: Contents) -> Draft:
        """What unsaved contents of the brand's files come to."""

        def work(engine: Engine) -> Draft:
            rules = self._bench.begin(engine, brand_id).rules
            return draft_of(self._drafting(brand_id, contents), brand_id, saved=rules)

        return await self.ask(work, rank=Rank.URGENT)

    async def glance(self, brand_id: BrandId, contents: Contents, *, mode: Mode | None) -> dict[str, Patch]:
        """The sheets alone, for while somebody drags, and of them one mode alone if that is all that is shown."""

        def work(engine: Engine) -> dict[str, Patch]:
            told, draft = self._bench.begin(engine, brand_id), self._drafting(brand_id, contents)
            return glance_of(draft, brand_id, saved=told.rules, good=told.good, mode=mode)

        return await self.ask(work, rank=Rank.URGENT)

    async def drafted(self, brand_id: BrandId, contents: Contents, *, work: Callable[[Engine], T]) -> T:
        """What the work comes to on an engine for which files have these contents."""
        return await self.ask(lambda _: work(self._drafting(brand_id, contents)), rank=Rank.URGENT)

    def state(self) -> Event:
        """How things stand: the first event of a stream."""
        brands = {"ids": self._bench.ids, "serials": dict(self.serials), "problems": dict(self._problems)}
        return {"kind": "state", **brands}

    def has_errors(self, brand_id: BrandId) -> bool:
        """Somebody was told of one."""
        problems = self._problems.get(brand_id, [])
        return any(each["severity"] == "error" for each in problems)

    def touched(self, paths: Iterable[PurePosixPath]) -> None:
        """For the watcher's threads: these may have changed."""
        found = set(paths)
        self._loop.call_soon_threadsafe(lambda: self._note(found))

    async def changed(self, paths: Iterable[PurePosixPath]) -> None:
        """The same for who has just written them; returns when the first effect is told."""
        self._note(set(paths))
        if self._working:
            await asyncio.shield(self._working)

    def stop(self) -> None:
        """End all streams, and whatever waits: with KitchenClosed."""
        self.events.end()
        self._kitchen.stop()
        for task in (self._calm, self._working, self._warming, *self._drawn.values(), *self._made.values()):
            if task:
                task.cancel()
        self._drawing.close()

    async def close(self) -> None:
        """The same, and end the threads."""
        self.stop()
        await asyncio.to_thread(self._kitchen.close)
        self._store.flush()

    def _note(self, paths: set[PurePosixPath]) -> None:
        self._pending |= paths
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())

    async def _work(self) -> None:
        """Take in what changed, as long as something does; what is wrong is looked at twice before it is told."""
        unsaid: set[PurePosixPath] = set()
        try:
            while self._pending or unsaid:
                is_second = bool(unsaid)
                paths, self._pending = self._pending | unsaid, set()
                await self.ask(partial(self._glimpses, paths=paths), rank=Rank.URGENT)
                await asyncio.sleep(TELL_S)
                await self.ask(partial(self._first_effects, paths=paths), rank=Rank.URGENT)
                await self.ask(self._first_effects_in_dark, rank=Rank.URGENT)
                await asyncio.sleep(PAINT_S)
                if not self._pending:
                    await self.ask(self._repaint, rank=Rank.URGENT)
                if self._pending:
                    continue  # somebody drags a slider: what else follows, follows from the last edit
                work = partial(self._second_effects, paths=paths, says_broken=is_second)
                unsaid = paths if await self.ask(work, rank=Rank.URGENT) else set()
                if unsaid:
                    await asyncio.sleep(HALF_WRITTEN_S)
        except KitchenClosed:
            return
        self._soon()

    def _glimpses(self, engine: Engine, *, paths: set[PurePosixPath]) -> None:
        """In the kitchen: what is told before all else. It ends at once, so that it is told at once."""
        for told in self._bench.latest():
            if brand_path(told.brand_id) in paths:
                glimpsed(engine, told, tell=self._tell)

    def _first_effects(self, engine: Engine, *, paths: set[PurePosixPath]) -> None:
        """In the kitchen: what is told next, as soon."""
        forgotten = engine.forget(paths)
        for draft in self._bench.drafts.values():
            draft.engine.forget(paths)
        for told in self._bench.latest():
            # What an earlier edit made the engine forget, and nobody has asked for since, it cannot forget again.
            if engine.question(tokens, told.brand_id) in forgotten or told.brand_id in self._bench.changed:
                self._bench.changed.add(told.brand_id)
                self._bench.unpainted[told.brand_id] = told
                repaint_first(engine, told, mode=Mode.LIGHT, tell=self._tell)
        self._bench.changed_pages |= {path for path in paths if engine.question(fields_of_page, path) in forgotten}

    def _first_effects_in_dark(self, engine: Engine) -> None:
        """In the kitchen: the same for those who look at dark mode."""
        for told in self._bench.unpainted.values():
            repaint_first(engine, told, mode=Mode.DARK, tell=self._tell)

    def _repaint(self, engine: Engine) -> None:
        """In the kitchen: all modes, of brands whose light and dark mode is told."""
        painted, self._bench.unpainted = self._bench.unpainted, {}
        for told in painted.values():
            repaint(engine, told, tell=self._tell)

    def _second_effects(self, engine: Engine, *, paths: set[PurePosixPath], says_broken: bool) -> bool:
        """In the kitchen: what else a reader sees of this edit. True if something is wrong and was not told."""
        bench, is_unsaid = self._bench, False
        for told in (each for each in bench.latest() if each.brand_id in bench.changed):
            if after_repaint(engine, told, tell=self._tell, says_broken=says_broken):
                is_unsaid = True
            else:
                bench.changed.discard(told.brand_id)
        for path in tuple(bench.changed_pages):
            tell = [
                rerender(engine, each, shelf=bench.shelf, path=path, tell=self._tell, says_broken=says_broken)
                for each in bench.latest()
            ]
            if any(tell):
                is_unsaid = True
            else:
                bench.changed_pages.discard(path)
        if (ids := bench.news_of_brands(engine, at_s=self._loop.time())) is not None:
            event: Event = {"kind": "brands", "ids": list(ids)}
            self._loop.call_soon_threadsafe(self.events.send, event)
        for brand_id, event in news_of_files(engine, paths, away=bench.away):
            self._tell(brand_id, event)
        return is_unsaid or bool(bench.away)

    def _tell(self, brand_id: BrandId, event: Event) -> None:
        """From the kitchen's thread."""
        self._loop.call_soon_threadsafe(self._send, brand_id, event)

    def _send(self, brand_id: BrandId, event: Event) -> None:
        self.serials[brand_id] = self.serials.get(brand_id, 0) + 1
        if event["kind"] == "problems":
            self._problems[brand_id] = cast("list[Problem]", event["diagnostics"])
        self.events.send({**event, "brand": brand_id, "serial": self.serials[brand_id]})

    def _soon(self) -> None:
        """Look at everything else when there was quiet for a moment."""
        self._due_at = self._loop.time() + QUIET_S
        if self._calm is None or self._calm.done():
            self._calm = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        looked_at = 0.0  # the moment from which there was quiet
        while looked_at < self._due_at or looked_at > self._loop.time():
            await asyncio.sleep(self._due_at - self._loop.time())
            looked_at = self._due_at
            if looked_at > self._loop.time():
                continue
            try:
                await self._look(looked_at)
            except KitchenClosed:
                return

    async def _look(self, due_at: float) -> None:
        """All steps of all brands that are shown, as long as nothing new is due."""
        await self._watch()
        await self.ask(lambda _: self._store.flush(), rank=Rank.CALM)
        shown = await self.ask(lambda _: self._bench.latest(), rank=Rank.CALM)
        for told in shown:
            await self._steps(page_steps(told, self._bench.shelf, tell=self._tell), due_at)
        for told in shown:
            if await self.ask(partial(pictures_due, brand_id=told.brand_id, shelf=self._bench.shelf), rank=Rank.CALM):
                self._draw_later(told)
            else:
                await self._steps(picture_steps(told, tell=self._tell), due_at)
        await self._watch()
        if self._warming is None and shown:
            self._warming = asyncio.create_task(self._warm_up(shown[0].brand_id))
        if due_at == self._due_at:
            await self.ask(lambda _: self._sweeper.sweep(), rank=Rank.CALM)

    async def _warm_up(self, brand_id: BrandId) -> None:
        """Have the renderer ready for the first edit of a page."""
        configuration = self.project.host.read(CONFIGURATION) or b""

        def work(engine: Engine) -> Callable[[], None] | None:
            of = self._bench.shelf.look(engine, brand_id).of
            return None if of is None else warm_up(engine, of, configuration=configuration)

        warming = await self.ask(work, rank=Rank.CALM)
        if warming is not None:
            await asyncio.to_thread(warming)

    def _draw_later(self, told: Told) -> None:
        """Have a brand's pictures drawn when nothing was edited for a while. Meanwhile all else goes on."""
        if told.brand_id not in self._drawn or self._drawn[told.brand_id].done():
            self._drawn[told.brand_id] = asyncio.create_task(self._draw(told))

    async def _draw(self, told: Told) -> None:
        while (wait_s := self._due_at + DRAWING_QUIET_S - self._loop.time()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(wait_s)
        due_at = self._due_at
        try:
            if not await self._make(partial(pictures_due, brand_id=told.brand_id, shelf=self._bench.shelf)):
                await self._steps(picture_steps(told, tell=self._tell), due_at)
        except KitchenClosed:
            return
        self._soon()

    async def _steps(self, steps: Iterator[Step], due_at: float) -> None:
        for step in steps:
            if due_at < self._due_at:
                return
            await self.ask(step, rank=Rank.CALM)

    async def _watch(self) -> None:
        """Have all that was read watched, and every brand's file, which the Studio lists."""
        for brand_id in await self.ask(self._bench.brands, rank=Rank.CALM):
            await self.ask(partial(read_brand, brand_id), rank=Rank.CALM)
        self.on_read(await self.ask(lambda engine: engine.inputs(), rank=Rank.CALM))

    def _drafting(self, brand_id: BrandId, contents: Contents) -> Engine:
        return self._bench.drafting(self.project.host, brand_id, contents=contents)

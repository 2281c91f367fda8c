"""The sandbox's engine outside of browsers: the same JavaScript in QuickJS, with limits, in a thread of its own."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import quickjs

import themekit
from themekit.sandbox.script import IN_BROWSERS, MODULES, engine_script

if TYPE_CHECKING:
    from types import TracebackType

    from themekit.sandbox.making import SandboxData

SOURCES = Path(themekit.__file__).parent / "data" / "sandbox"
MEMORY = 512 * 1024 * 1024
SECONDS = 5  # of one answer; the largest body that is taken needs a tenth of that
STACK = 1024 * 1024  # a thread has 8 MiB

_START = """
const sandbox = createSandbox(JSON.parse(DATA), JSON.parse(OPTIONS));
delete globalThis.DATA;
globalThis.answer = (head, body) => JSON.stringify(sandbox.answer({ ...JSON.parse(head), body }));
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the engine. A stream has more than one chunk."""

    status: int
    headers: tuple[tuple[str, str], ...]
    chunks: tuple[bytes, ...]


def engine_sources() -> dict[str, str]:
    """The engine's modules, and those for browsers, by name."""
    return {name: (SOURCES / name).read_text(encoding="utf-8") for name in (*MODULES, *IN_BROWSERS)}


class EngineFailed(Exception):  # noqa: N818 - it says what happened
    """The engine gave up: too much memory, or too long. It starts again with no memory of what was made."""


class Engine:
    """One engine. Use it as a context manager; its thread ends with it."""

    def __init__(self, data: SandboxData, base_path: str | None = None) -> None:
        """Nothing runs before the first request. The API is below `base_path`, if that is given."""
        self._options = json.dumps({} if base_path is None else {"bases": [base_path]})
        self._data = data
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox")
        self._context: Any = None

    def __enter__(self) -> Self:
        """The engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread; what it answers now is answered to the end."""
        self._thread.submit(self._forget).result()
        self._thread.shutdown()

    async def answer(self, head: dict[str, object], body: bytes) -> Answer:
        """The answer to a request: `head` has `method`, `url` and `headers`. Raises EngineFailed."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, json.dumps(head), body)

    def _answer(self, head: str, body: bytes) -> Answer:
        try:
            if self._context is None:
                self._context = self._started()
            found = json.loads(self._context.get("answer")(head, body.decode("latin-1")))
        except (quickjs.JSException, quickjs.StackOverflow, MemoryError) as error:
            self._context = None
            raise EngineFailed(str(error).partition("\n")[0]) from None
        chunks = found.get("chunks", [found.get("body", "")])
        encoding = "latin-1" if found.get("isBinary") else "utf-8"
        headers = tuple((str(name), str(value)) for name, value in found["headers"])
        return Answer(found["status"], headers, tuple(each.encode(encoding, "surrogatepass") for each in chunks))

    def _started(self) -> Any:  # noqa: ANN401 - quickjs has no types
        context = quickjs.Context()
        context.set_memory_limit(MEMORY)
        context.set_time_limit(SECONDS)
        context.set_max_stack_size(STACK)
        context.set("DATA", self._data.text)
        context.set("OPTIONS", self._options)
        context.eval(engine_script(engine_sources()) + _START)
        return context

    def _forget(self) -> None:
        self._context = None

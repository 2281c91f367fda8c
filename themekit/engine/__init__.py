"""Tasks, traces and the digest store: what runs when, and what is reused. `themekit.engine.executor` adds processes.

Names are found when they are asked for: a command that only reads a few files needs a host and no engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.engine.disk import DiskHost, installed_mounts
    from themekit.engine.explain import Explanation
    from themekit.engine.graph import Engine, TaskCycle
    from themekit.engine.host import Host, MemoryHost, OverlayHost, UnreadableInput
    from themekit.engine.store import DiskStore, MemoryStore, Store
    from themekit.engine.task import Ask, Task, assembled, batch_of, heavy, recomputed
    from themekit.engine.trace import Kind, Question

__all__ = [
    "Ask",
    "DiskHost",
    "DiskStore",
    "Engine",
    "Explanation",
    "Host",
    "Kind",
    "MemoryHost",
    "MemoryStore",
    "OverlayHost",
    "Question",
    "Store",
    "Task",
    "TaskCycle",
    "UnreadableInput",
    "assembled",
    "batch_of",
    "heavy",
    "installed_mounts",
    "recomputed",
]

_MODULES = ("host", "task", "trace", "disk", "store", "graph", "explain")


def __getattr__(name: str) -> object:
    """A name of one of the modules, kept from then on. Source: PEP 562."""
    if name in __all__:
        for module in _MODULES:
            found = import_module(f"{__name__}.{module}")
            if hasattr(found, name):
                globals()[name] = getattr(found, name)
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

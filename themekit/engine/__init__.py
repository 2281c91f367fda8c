"""Tasks, traces and the digest store: what runs when, and what is reused. `themekit.engine.executor` adds processes."""

from themekit.engine.disk import DiskHost, installed_mounts
from themekit.engine.explain import Explanation, explain
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
    "explain",
    "heavy",
    "installed_mounts",
    "recomputed",
]

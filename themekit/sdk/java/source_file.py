"""A Java file that is being written: its imports, then its lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from themekit.model.sdk import SdkFile, sdk_file, slot
from themekit.sdk.java.text import WIDTH

PACKAGE = slot("java-package")
MAIN = f"src/main/java/{slot('java-path')}"
TEST = f"src/test/java/{slot('java-path')}"


@dataclass(slots=True)
class JavaFile:
    """One class. `name` is that of the class."""

    name: str
    lines: list[str] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    static_imports: set[str] = field(default_factory=set)

    def add(self, *lines: str) -> None:
        """Lines after those that are there."""
        self.lines += lines

    def member(self, *lines: str) -> None:
        """Lines, with an empty one before unless they come first in a body."""
        if self.lines and not self.lines[-1].endswith("{"):
            self.lines.append("")
        self.lines += lines

    def text(self) -> str:
        """The whole file; imports are of the language only, so their order is the same in all brands."""
        head = [f"package {PACKAGE};", ""]
        if self.imports:
            head += [*(f"import {name};" for name in sorted(self.imports)), ""]
        return "\n".join([*head, *self.lines, ""])

    def sdk_file(self, folder: str = MAIN) -> SdkFile:
        """The file in its place."""
        return sdk_file(f"{folder}/{self.name}.java", self.text(), media_type="text/x-java")


def call(head: str, arguments: list[str], *, tail: str = ";") -> list[str]:
    """`head(arguments)tail`, on as many lines as the width asks for."""
    line = f"{head}({', '.join(arguments)}){tail}"
    if len(line) <= WIDTH or not arguments:
        return [line]
    indent = " " * (len(head) - len(head.lstrip()) + 8)
    joined = f"{indent}{', '.join(arguments)}){tail}"
    if len(joined) <= WIDTH:
        return [f"{head}(", joined]
    return [f"{head}(", *(f"{indent}{each}," for each in arguments[:-1]), f"{indent}{arguments[-1]}){tail}"]


def chain(head: str, calls: list[str], *, tail: str = ";") -> list[str]:
    """`head.a().b()` on one line if it has room, else a line for each call."""
    line = f"{head}{''.join(calls)}{tail}"
    if len(line) <= WIDTH:
        return [line]
    indent = " " * (len(head) - len(head.lstrip()) + 8)
    return [head, *(f"{indent}{each}" for each in calls[:-1]), f"{indent}{calls[-1]}{tail}"]

"""A file to be written, as a value; and the target, which makes such files from resolved tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model.token_names import Casing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.model.resolved_tokens import ResolvedTokens
    from themekit.model.site import SourceFile
    from themekit.model.token import TokenId

PREFIX = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file. `path` is relative to the folder of its brand (`theme/tokens.css`).

    `is_shared` tells the writer that many brands have this very file, so that it may keep it once.
    """

    path: PurePosixPath
    content: bytes
    media_type: str
    is_shared: bool = field(default=False, compare=False)

    @property
    def origin(self) -> tuple[object, object] | None:
        """Two objects that make the content, if it is made when it is asked for: the same two make the same again."""
        return None

    def made(self) -> Artifact:
        """An equal one that has its content."""
        return self

    @classmethod
    def of(cls, path: str, content: bytes, media_type: str) -> Artifact:
        """An artifact of bytes."""
        return cls(PurePosixPath(path), content, media_type)

    @classmethod
    def text(cls, path: str, text: str | Iterable[str], *, media_type: str = "text/plain") -> Artifact:
        """An artifact of UTF-8 text; every line ends with a line feed, the last one too."""
        joined = text if isinstance(text, str) else "".join(f"{line}\n" for line in text)
        return cls(PurePosixPath(path), joined.encode(), media_type)


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """What every token target can be told. `prefix` starts each emitted name: `--tk-color-text`.

    `sources` are the files that `Target.sources` names, read by the caller; `brand_name`, `locale` and `text_lc`, the
    floor of APCA that a brand asks for, are for a target with `names_brand`; `settings` are pairs of a `Setting` of the
    target and its value, where one was chosen.
    Raises ValueError for a prefix that is not lower-case words joined with `-`, as it goes into names as it is.
    """

    prefix: str = "tk"
    sources: tuple[SourceFile, ...] = ()
    brand_name: str = ""
    locale: str = "en"
    settings: tuple[tuple[str, str], ...] = ()
    text_lc: float = 0.0

    def __post_init__(self) -> None:
        """Check the prefix."""
        if not PREFIX.fullmatch(self.prefix):
            raise ValueError(f"`{self.prefix}` is no prefix for names")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a user can choose about one target: one of `values`, the default first, or a text that `pattern` matches.

    A value goes into files as it is, so a pattern allows only what can stand there.
    """

    name: str
    summary: str
    values: tuple[str, ...] = ()
    pattern: str = ""
    default: str = ""

    def of(self, options: TargetOptions) -> str:
        """What was chosen, or the default."""
        return dict(options.settings).get(self.name, self.values[0] if self.values else self.default)

    def allows(self, value: str) -> bool:
        """The value is one of those that can be chosen."""
        return value in self.values if self.values else re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format cannot say of some tokens: `how` completes "the target x writes these tokens …"."""

    how: str
    tokens: tuple[TokenId, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One output format of design tokens. `emit` is pure; `summary` is one line for `--help` and the docs.

    `sources` are the folders or files below `@themekit/` that `emit` finds in `TargetOptions.sources`. A target that is
    not `per_brand` depends on its options alone: it is emitted once, with no tokens, for all brands. One that
    `names_brand` is told what the brand is called and its language, and is emitted anew when these change. One that
    `needs_defaults` is made of tokens that every brand has, and nothing can be made by it of token files alone.
    `casings` are those of its names: tokens that would share a name are refused.

    One that is not `is_default` is made for brands that ask for it. `settings` are what can be chosen about it;
    `losses` finds the tokens that the format cannot say as they are: each is a warning, so nothing is lost in silence.
    """

    name: str
    summary: str
    emit: Callable[[ResolvedTokens, TargetOptions], tuple[Artifact, ...]]
    options: TargetOptions = field(default_factory=TargetOptions)
    sources: tuple[PurePosixPath, ...] = ()
    per_brand: bool = True
    names_brand: bool = False
    needs_defaults: bool = False
    is_default: bool = True
    settings: tuple[Setting, ...] = ()
    losses: Callable[[ResolvedTokens, TargetOptions], tuple[Loss, ...]] | None = None
    casings: tuple[Casing, ...] = tuple(Casing)

"""Pipelines of CI systems for a project: from the package's data, filled in, never over a file that is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import themekit

TEMPLATES = Path(themekit.__file__).parent / "data" / "ci"
PLACES = {"github": ".github/workflows/themekit.yml", "gitlab": ".gitlab-ci.yml"}
MAX_SHARDS = 64  # GitHub starts at most 256 jobs of a matrix, GitLab 200
BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
PAGES = re.compile(r"[A-Za-z0-9*?][A-Za-z0-9*?._/-]{0,99}")


class PipelineConflictError(Exception):
    """There is a pipeline already."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What differs between projects: the branch that is released from, how many machines build, which pages are seen.

    `branch` and `pages` are of the forms BRANCH and PAGES: they go into YAML and into a shell's words.
    """

    branch: str = "main"
    shards: int = 2
    pages: str = "index.html"


def pipeline_text(system: str, pipeline: Pipeline) -> str:
    """The pipeline of one of PLACES as YAML."""
    values = {
        "BRANCH": pipeline.branch,
        "COUNT": str(pipeline.shards),
        "PAGES": f"'{pipeline.pages}'",
        "REQUIREMENT": f"themekit[gateway,remote]=={themekit.__version__}",
        "SHARDS": ", ".join(f'"{number}/{pipeline.shards}"' for number in range(1, pipeline.shards + 1)),
    }
    text = (TEMPLATES / f"{system}.yml").read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"__{name}__", value)
    return text


def write_pipeline(root: Path, system: str, *, pipeline: Pipeline) -> Path:
    """Write it below the project's root, and return where. Raises PipelineConflictError if a file is there."""
    path = root / PLACES[system]
    if path.exists() or path.is_symlink():
        raise PipelineConflictError(f"`{PLACES[system]}` is there already; move it away, and merge what you changed")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(pipeline_text(system, pipeline), encoding="utf-8")
    return path

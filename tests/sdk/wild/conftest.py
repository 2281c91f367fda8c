"""Modules beside the tests are found by their own names; what compiles a language is in that language's folder."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), *(str(HERE.parent / name) for name in ("typescript", "python", "java", "go"))]

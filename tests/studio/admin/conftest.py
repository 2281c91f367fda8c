"""A folder for what is kept, and a clock that only moves when it is told to."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from admin_actors import CHEAP, Clock

from themekit.studio.admin.audit_log import AuditLog
from themekit.studio.admin.keeping import kept_folder
from themekit.studio.admin.users import Users


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kept(tmp_path):
    return kept_folder(tmp_path)


@pytest.fixture
def users(kept):
    """With a cost at which a test can try many passwords."""
    return Users(kept, cost=CHEAP)


@pytest.fixture
def log(kept):
    return AuditLog(kept)

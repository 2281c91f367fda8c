"""What tests of the admin pages share: a clock, cheap hashes, and a password."""

from dataclasses import dataclass

from themekit.studio.admin.passwords import Cost

CHEAP = Cost(2**4, 8, 1)
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody


@dataclass
class Clock:
    """Seconds, which pass only when a test says so."""

    now_s: float = 1000.0

    def __call__(self):
        return self.now_s

    def wait(self, seconds):
        self.now_s += seconds

"""Keys and signed bundles for tests: keys under cheap scrypt, so that a test does not cost half a second."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache

from tests.bundle.forge import FILES, artifact, good_bundle, manifest
from themekit.bundle import provenance
from themekit.bundle.envelope import sealed
from themekit.bundle.evidence import Beside, Check, Subject, Trust, weigh
from themekit.bundle.keys import SigningKey, new_key, unlocked
from themekit.bundle.manifest import Manifest
from themekit.bundle.sbom import Component, sbom_json
from themekit.bundle.trusted_keys import TrustedKey, TrustedKeys
from themekit.bundle.verify import verify_bundle
from themekit.diagnostics import Diagnostic

NOW_S = 1_800_000_000
PASSWORD = "correct horse"  # noqa: S105
CHEAP = {"opslimit": 32_768, "memlimit": 16 * 1024 * 1024}
BUILDER = "https://ci.example/acme"
SBOM = sbom_json(
    manifest().brand, [Component("pypi", "mkdocs", "1.6.1", "BSD-2-Clause")], tool_version="0.1.0", epoch_s=NOW_S
)
WITH_SBOM = (artifact(".themekit/sbom.cdx.json", SBOM, "application/vnd.cyclonedx+json"), *FILES)


@cache
def key(name: str = "first") -> SigningKey:
    """The key of this name: the same throughout a run."""
    del name
    text, _ = new_key(PASSWORD, **CHEAP)
    return unlocked(text, password=PASSWORD)


def trusting(*keys: TrustedKey) -> Trust:
    return Trust(TrustedKeys(keys), NOW_S)


@dataclass(frozen=True)
class Signed:
    """A bundle with what stands beside it, to be spoiled."""

    content: bytes
    beside: Beside
    name: str = "acme-1.0.0.zip"

    def weighed(self, trust: Trust | None = None) -> tuple[dict[str, str], list[str], tuple[Diagnostic, ...]]:
        """State by check, codes in order, diagnostics."""
        verification, faults = verify_bundle(self.content)
        subject = Subject(self.name, self.content, verification, faults)
        checks, found = weigh(subject, self.beside, trust=trust or trusting(TrustedKey(key().public)))
        return _states(checks), [each.code for each in found], found

    def but(self, **changes: object) -> "Signed":
        return replace(self, beside=replace(self.beside, **changes))


def _states(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.name: check.state.value for check in checks}


def signed(signer: SigningKey | None = None, *, of: Manifest | None = None, content: bytes | None = None) -> Signed:
    """A good bundle, signed by a key; `of` is what the provenance says instead of the truth."""
    signer = signer or key()
    content = content or good_bundle(WITH_SBOM)
    digest = hashlib.sha256(content).hexdigest()
    build = provenance.Build(BUILDER, (), (provenance.Dependency("brands/acme/brand.json", "1" * 64),), NOW_S)
    statement = provenance.statement(of or manifest(WITH_SBOM), build, name="acme-1.0.0.zip", sha256=digest)
    minisig = signer.minisig(content, name="acme-1.0.0.zip", epoch_s=NOW_S).encode()
    return Signed(content, Beside({"acme-1.0.0.zip": digest}, minisig, sealed(statement, key=signer)))

"""What is known of a bundle, check by check: the archive itself, and the files beside it that vouch for it.

A signature and its provenance are needed where keys are given: who could take them away could change the bundle, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from themekit.bundle.envelope import InvalidEnvelopeError, is_sealed_by, parse_envelope
from themekit.bundle.provenance import InvalidProvenanceError, Provenance, check_statement, parse_statement
from themekit.bundle.sbom import InvalidSbomError, check_sbom
from themekit.bundle.signature import InvalidSignatureError, Minisig, check_minisig, parse_minisig
from themekit.bundle.sums import SUMS_NAME, check_sum
from themekit.diagnostics import Code, Reporter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.bundle.keys import PublicKey
    from themekit.bundle.trusted_keys import TrustedKeys
    from themekit.bundle.verify import Verification
    from themekit.diagnostics import Diagnostic

BAD_SIGNATURE = Code("bundle-signature", summary="A bundle has no signature, or not one by a key that is trusted.")
KEY_REFUSED = Code("bundle-key-refused", summary="A bundle is signed by a key that is not trusted, or no longer.")
BAD_PROVENANCE = Code("bundle-provenance", summary="A bundle's provenance is missing, not signed, or of another file.")
BAD_SBOM = Code("bundle-sbom", summary="A bundle's bill of materials cannot be read, or is of another bundle.")

NAMED = 8  # hex digits of a digest, for people


class State(StrEnum):
    """What came of a check. `unchecked`: it is there, but nobody said which key to trust."""

    HELD = "held"
    FAILED = "failed"
    ABSENT = "absent"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Check:
    """A check with its outcome, and what it tells, for people."""

    name: str
    state: State
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a bundle; None for what is not there. `sums` are digests by file name."""

    sums: Mapping[str, str] | None = None
    minisig: bytes | None = None
    envelope: bytes | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys to trust at a moment of UNIX time; None: nobody said which."""

    keys: TrustedKeys | None
    now_s: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A bundle that was looked into, with the name of its file and what was found wrong in it."""

    name: str
    content: bytes
    verification: Verification
    faults: tuple[Diagnostic, ...]


def weigh(subject: Subject, beside: Beside, *, trust: Trust) -> tuple[tuple[Check, ...], tuple[Diagnostic, ...]]:
    """Every check with its outcome, in a fixed order; and all that is wrong, the faults of the archive first."""
    report = Reporter(list(subject.faults))
    checks = (
        _checksum(subject, beside.sums, report),
        _manifest(subject),
        _sbom(subject, report),
        _signature(subject, beside.minisig, trust=trust, report=report),
        _provenance(subject, beside.envelope, trust=trust, report=report),
    )
    return checks, report.diagnostics


def _checksum(subject: Subject, sums: Mapping[str, str] | None, report: Reporter) -> Check:
    if sums is None:
        return Check("checksum", State.ABSENT, f"there is no {SUMS_NAME} beside it")
    found = check_sum(subject.name, subject.verification.sha256, digests=sums)
    report.found += found
    digest = f"{SUMS_NAME} has it: {subject.verification.sha256[:NAMED]}…"
    return Check("checksum", State.FAILED) if found else Check("checksum", State.HELD, digest)


def _manifest(subject: Subject) -> Check:
    manifest = subject.verification.manifest
    if subject.faults or manifest is None:
        return Check("manifest", State.FAILED)
    return Check("manifest", State.HELD, f"{len(manifest.files)} files, tree {manifest.tree[:NAMED]}…")


def _sbom(subject: Subject, report: Reporter) -> Check:
    manifest, sbom = subject.verification.manifest, subject.verification.sbom
    if sbom is None or manifest is None:
        state = State.FAILED if subject.faults else State.ABSENT
        return Check("sbom", state, "" if subject.faults else "the bundle has none")
    try:
        count = check_sbom(sbom, manifest.brand)
    except InvalidSbomError as error:
        report(BAD_SBOM, None, f"the bill of materials {error}")
        return Check("sbom", State.FAILED)
    return Check("sbom", State.HELD, f"CycloneDX, {count} packages")


def _signature(subject: Subject, minisig: bytes | None, *, trust: Trust, report: Reporter) -> Check:
    if minisig is None:
        return _missing("signature", trust, report, code=BAD_SIGNATURE, file=f"{subject.name}.minisig")
    try:
        found = parse_minisig(minisig)
        if trust.keys is None:
            return Check("signature", State.UNCHECKED, f"by the key {found.key_id}; say `--key` which you trust")
        key = _trusted(trust, [found.key_id], report, place="the signature is by")
        if key is None:
            return Check("signature", State.FAILED)
        check_minisig(found, subject.content, key=key)
    except InvalidSignatureError as error:
        report(BAD_SIGNATURE, None, f"the signature {error}", hint="do not unpack the bundle; ask who sent it")
        return Check("signature", State.FAILED)
    return Check("signature", State.HELD, _signed(found))


def _signed(found: Minisig) -> str:
    return f"by the key {found.key_id}"


def _provenance(subject: Subject, content: bytes | None, *, trust: Trust, report: Reporter) -> Check:
    if content is None:
        return _missing("provenance", trust, report, code=BAD_PROVENANCE, file=f"{subject.name}.intoto.jsonl")
    try:
        envelope = parse_envelope(content)
        found = parse_statement(envelope.payload)
        if subject.verification.manifest is not None:
            check_statement(found, subject.verification.manifest, sha256=subject.verification.sha256)
        if trust.keys is None:
            return Check("provenance", State.UNCHECKED, f"says {_origin(found)}; say `--key` which you trust")
        named = [key_id for key_id, _ in envelope.signatures]
        key = _trusted(trust, named, report, place="the provenance is signed by")
        if key is None:
            return Check("provenance", State.FAILED)
        if not is_sealed_by(envelope, key):
            raise InvalidProvenanceError(f"is not signed by the key {key.id}")  # noqa: TRY301
    except (InvalidEnvelopeError, InvalidProvenanceError) as error:
        report(BAD_PROVENANCE, None, f"the provenance {error}", hint="do not unpack the bundle; ask who sent it")
        return Check("provenance", State.FAILED)
    return Check("provenance", State.HELD if subject.verification.manifest else State.FAILED, _origin(found))


def _origin(found: Provenance) -> str:
    return f"built by {found.builder} from {found.dependencies} inputs"


def _missing(name: str, trust: Trust, report: Reporter, *, code: Code, file: str) -> Check:
    if trust.keys is None:
        return Check(name, State.ABSENT, f"there is no {file}")
    hint = "download it with the bundle; a bundle that lost it is not to be trusted"
    report(code, None, f"the bundle has no {name}: there is no `{file}` beside it", hint=hint)
    return Check(name, State.FAILED)


def _trusted(trust: Trust, named: Sequence[str], report: Reporter, *, place: str) -> PublicKey | None:
    """The first key named that is trusted now; the reason why there is none goes to `report`."""
    known = [] if trust.keys is None else [found for key_id in named if (found := trust.keys.find(key_id))]
    refusals = [(each.key.id, each.refusal(trust.now_s)) for each in known]
    for each, (_, refusal) in zip(known, refusals, strict=True):
        if not refusal:
            return each.key
    if refusals:
        key_id, refusal = refusals[0]
        report(KEY_REFUSED, None, f"{place} the key {key_id}, which {refusal}")
    else:
        shown = ", ".join(key_id for key_id in named[:3] if key_id.isalnum() and len(key_id) <= 64) or "of no id"
        hint = "is the file of trusted keys the newest?" if trust.keys and trust.keys.keys else None
        report(KEY_REFUSED, None, f"{place} the key {shown}, which is not among those trusted", hint=hint)
    return None

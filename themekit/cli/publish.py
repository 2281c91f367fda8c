"""`themekit publish`: bundles to where partners fetch them, with an index, a page and signed metadata."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, say, show_diagnostics
from themekit.cli.trusted import key_option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.diagnostics import Code, Diagnostic
    from themekit.publish.channel import Channel
    from themekit.publish.listing import Listing
    from themekit.publish.page import Look
    from themekit.publish.place import Place
    from themekit.publish.releasing import Bundle

DIST = Path("build/dist")


@click.command(short_help="Publish bundles where partners fetch them.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--to", "url", required=True, metavar="URL", help="Where to: file://, s3:// or another that fsspec knows."
)
@click.option(
    "--sign", "online", metavar="KEY", help="The update channel's online key; `env` takes THEMEKIT_SIGNING_KEY."
)
@click.option(
    "--changes",
    "changes",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What is new in these bundles, as plain text for the page.",
)
@click.option(
    "--patches",
    type=click.IntRange(0, 10),
    default=0,
    show_default=True,
    metavar="N",
    help="Publish patches from the N versions before, too, which `fetch` takes where they are smaller.",
)
@click.option("--yank", "yanked", metavar="REASON", help="Publish nothing; say why these bundles should not be taken.")
@click.option("--unyank", is_flag=True, help="Take that back.")
@click.option("--renew", is_flag=True, help="Publish nothing; renew the update channel's metadata before it ends.")
@click.option(
    "--brand-key",
    "brand_keys",
    metavar="BRAND=KEY",
    multiple=True,
    help="The key that a brand's own role has; `env` takes THEMEKIT_SIGNING_KEY_<BRAND>; repeatable.",
)
@key_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    files: tuple[Path, ...],
    *,
    url: str,
    online: str | None,
    changes: Path | None,
    patches: int,
    yanked: str | None,
    unyank: bool,
    renew: bool,
    brand_keys: tuple[str, ...],
    key: str | None,
    format_: str,
) -> int:
    """Publish bundle FILEs (all of build/dist/ by default) to --to, with the signatures beside them.

    Each bundle is verified first. What is there already stays: the same again changes nothing, and a version with other
    content is refused. Where the place has an update channel, --sign is needed.
    """
    from themekit.publish.channel import ChannelError
    from themekit.publish.codes import CHANNEL_REFUSED, PLACE_FAILED, PUBLISH_REFUSED
    from themekit.publish.place import PlaceError, UnusablePlaceError, open_place
    from themekit.publish.releasing import PublishError

    chosen = () if renew else files or _packaged()
    bundles, looks, found = _verified(chosen, key, changes)
    if found:
        show_diagnostics(found, format_)
        return Exit.UNVERIFIED
    try:
        place = open_place(url)
        what = _What(bundles, _channel(place, online, brand_keys), _page(looks))
        if renew:
            done = _renew(what.channel)
        elif yanked is not None or unyank:
            done = _yank(place, what, reason="" if unyank else yanked or "")
        else:
            done = _publish(place, what, patches=patches)
    except UnusablePlaceError as error:
        raise click.UsageError(f"--to: {error}") from None
    except PublishError as refused:
        return _refused(PUBLISH_REFUSED, refused, format_, ends=Exit.MISTAKES)
    except ChannelError as refused:
        return _refused(CHANNEL_REFUSED, refused, format_, ends=Exit.MISTAKES)
    except PlaceError as away:
        return _refused(PLACE_FAILED, away, format_, ends=Exit.IO)
    show_diagnostics((), format_, also={"files": [{"name": name, "state": state} for name, state in done]})
    if format_ == "text":
        for name, state in done:
            click.echo(f"{state:<9}  {name}")
    return Exit.GOOD


@dataclass(frozen=True, slots=True)
class _What:
    bundles: list[Bundle]
    channel: Channel | None
    page: Callable[[Listing], Mapping[str, tuple[bytes, str]]]


def _packaged() -> tuple[Path, ...]:
    chosen = tuple(sorted(path for path in DIST.glob("*") if path.name.endswith((".zip", ".tar.zst"))))
    if not chosen:
        raise click.UsageError(f"there is no bundle in `{DIST}`: name some, or run `themekit package`")
    return chosen


def _refused(code: Code, error: Exception, format_: str, *, ends: int) -> int:
    from themekit.diagnostics import Reporter

    report = Reporter()
    report(code, None, str(error))
    show_diagnostics(report.diagnostics, format_)
    return ends


def _publish(place: Place, what: _What, *, patches: int) -> list[tuple[str, str]]:
    from themekit.publish.releasing import publish_bundles

    done = publish_bundles(place, what.bundles, channel=what.channel, page=what.page, now_s=time.time, patches=patches)
    new = sum(each.state == "published" for each in done)
    say(f"published {counted(new, 'file')} of {len(done)} to {place.url}; the others were there")
    _tell_waiting(what.channel)
    return [(each.name, each.state) for each in done]


def _renew(channel: Channel | None) -> list[tuple[str, str]]:
    if channel is None:
        raise click.UsageError("--renew: the place has no update channel")
    channel.check_key()
    channel.check_brands(())
    say("renewed the update channel" if channel.update({}) else "the update channel is good for long enough")
    _tell_waiting(channel)
    return []


def _tell_waiting(channel: Channel | None) -> None:
    for brand, end in channel.waiting().items() if channel else ():
        say(f"`{brand}` can be fetched until {end:%Y-%m-%d}: renew it with --brand-key {brand}=KEY")


def _yank(place: Place, what: _What, *, reason: str) -> list[tuple[str, str]]:
    from themekit.publish.releasing import yank

    for brand, version in dict.fromkeys((bundle.brand, bundle.version) for bundle in what.bundles):
        count = yank(
            place, brand, version=version, reason=reason, channel=what.channel, page=what.page, now_s=time.time
        )
        say(f"{'yanked' if reason else 'unyanked'} {counted(count, 'bundle')} of {brand} {version}")
    return []


def _verified(
    files: tuple[Path, ...], key: str | None, changes: Path | None
) -> tuple[list[Bundle], dict[str, Look], list[Diagnostic]]:
    """The bundles, what their brands look like, and all that is wrong with them."""
    from dataclasses import replace
    from pathlib import PurePosixPath

    from themekit.bundle import verify_bundle
    from themekit.bundle.evidence import Subject, weigh
    from themekit.cli.reading import read_beside, read_bundle
    from themekit.cli.trusted import trust_in
    from themekit.diagnostics import Reporter
    from themekit.model import Origin
    from themekit.publish.page import Look
    from themekit.publish.releasing import Bundle

    trust, mistakes = trust_in(key)
    found, bundles, looks = list(mistakes), [], {}
    text = changes.read_text(encoding="utf-8", errors="replace").strip() if changes else ""
    for file in files:
        report = Reporter()
        content = read_bundle(file, report)
        found += report.diagnostics
        if content is None:
            continue
        verification, faults = verify_bundle(content)
        beside, wrong = read_beside(file)
        _, all_faults = weigh(Subject(file.name, content, verification, faults), beside, trust=trust)
        place = Origin(PurePosixPath(file.as_posix()), "")
        found += [each if each.place else replace(each, place=place) for each in (*all_faults, *wrong)]
        if verification.manifest is None or all_faults:
            continue
        brand = verification.manifest.brand
        vouching = (beside.minisig, beside.envelope)
        bundles.append(Bundle(file.name, brand.id, brand.name, brand.version, content, *vouching, text, brand.locale))
        if file.name.endswith(".zip"):
            looks[brand.id] = Look(_members(content))
    return bundles, looks, found


def _members(content: bytes) -> dict[str, bytes]:
    from themekit.bundle.inflating import inflated
    from themekit.bundle.reader import read_entries
    from themekit.diagnostics import Reporter
    from themekit.publish.page import LOOK

    report = Reporter()
    entries = read_entries(memoryview(content), report)
    return {entry.path: b"".join(inflated(entry, report)) for entry in entries if entry.path in LOOK}


def _page(looks: Mapping[str, Look]) -> Callable[[Listing], Mapping[str, tuple[bytes, str]]]:
    from themekit.publish.page import Look, page_files

    return lambda listing: page_files(listing, looks.get(listing.brand, Look({})))


def _channel(place: Place, online: str | None, brand_keys: tuple[str, ...]) -> Channel | None:
    """The channel of the place; a usage error if there is one and no key to sign with, or the other way round."""
    from datetime import UTC, datetime

    from themekit.cli.signing_key import signing_key
    from themekit.publish.channel import Channel, latest_root

    root = latest_root(place)
    if root is None:
        if online is not None or brand_keys:
            raise click.UsageError("--sign: the place has no update channel yet; see `themekit channel root`")
        return None
    if online is None:
        raise click.UsageError("the place has an update channel: --sign KEY says what is new there")
    own = {brand: signing_key(where, of=brand) for brand, where in map(_brand_key, brand_keys)}
    return Channel(place, root, signing_key(online), datetime.now(UTC), brand_keys=own)


def _brand_key(text: str) -> tuple[str, str]:
    from themekit.publish.listing import BRAND

    brand, _, where = text.partition("=")
    if not BRAND.fullmatch(brand) or not where:
        raise click.UsageError(f"--brand-key: `{text}` is not BRAND=KEY, such as `acme=acme.key`")
    return brand, where

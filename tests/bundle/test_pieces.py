"""Members joined from pieces: what every unpacker reads is the page a plain join makes."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from forge import artifact
from hypothesis import given
from hypothesis import strategies as st

from themekit.build.joining import CHECKED_PAGES, shared_site, stamped_files
from themekit.bundle.archive import Member, write_zip
from themekit.bundle.pieces import (
    MAX_STORED,
    MAX_ZONE_LITERAL,
    PackedPage,
    joined_site,
    pack_files,
    pack_site,
    pack_zones,
    require_content,
    stored,
)
from themekit.model import FileTemplate, SiteTemplate, Slot
from themekit.site.stamp import SITE, Stamper

NAME, URL = Slot("name", "html"), Slot("urls.site", "raw")
TEXTS = {"name": "Bolt & Söhne", "urls.site": "https://bolt.example/"}
LONG = b"<li>a payment is captured</li>\n" * 60
PAGES = {
    "slots-at-both-ends.html": (NAME, LONG, NAME),
    "literals-at-both-ends.html": (LONG, NAME, LONG, URL, b"short", NAME, LONG),
    "only-slots.html": (NAME, URL),
    "sitemap.xml.gz": (b"<url>", URL, b"</url>"),
    "static.css": (LONG,),
    "nothing.txt": (),
}
READ_IN_JAVA = """
import java.util.zip.*; import java.io.*;
class Unzip { public static void main(String[] given) throws Exception {
  try (var zip = new ZipInputStream(new FileInputStream(given[0]))) {
    for (ZipEntry each; (each = zip.getNextEntry()) != null;)
      System.out.println(each.getName() + " " + zip.readAllBytes().length);
  } } }
"""


def template(pages=PAGES):
    kinds = {".gz": "application/gzip", ".css": "text/css"}
    files = (
        FileTemplate(PurePosixPath(path), tuple(parts), kinds.get(path[path.rfind(".") :], "text/html"))
        for path, parts in sorted(pages.items())
    )
    return SiteTemplate(tuple(files))


def members(pages=PAGES, texts=TEXTS, *, turn=0):
    of = template(pages)
    site = shared_site(pack_site(of.files, folder=SITE), of)
    return [*site.files, *stamped_files(site, Stamper(texts), turn=turn)]


def archive_of(packed):
    return write_zip([file.member for file in packed], epoch_s=0)


def expected(pages=PAGES, texts=TEXTS):
    stamper = Stamper(texts)
    return {str(SITE / file.path): stamper.content(file) for file in template(pages).files}


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_python_reads_what_a_plain_join_makes():
    assert expected() == unzipped(archive_of(members()))


def test_the_manifest_entries_are_those_of_the_content():
    by_plain_packing = pack_files([artifact(path, content) for path, content in expected().items()])
    assert {file.entry.path: (file.entry.sha256, file.entry.size) for file in by_plain_packing} == {
        file.entry.path: (file.entry.sha256, file.entry.size) for file in members()
    }


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs Info-ZIP's unzip to read with")
def test_unzip_reads_it(tmp_path):
    (tmp_path / "bundle.zip").write_bytes(archive_of(members()))
    subprocess.run(["unzip", "-q", tmp_path / "bundle.zip", "-d", tmp_path], check=True)
    assert expected() == {path: (tmp_path / path).read_bytes() for path in expected()}


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="needs libarchive's bsdtar to read with")
def test_bsdtar_reads_it(tmp_path):
    (tmp_path / "bundle.zip").write_bytes(archive_of(members()))
    subprocess.run(["bsdtar", "-xf", tmp_path / "bundle.zip", "-C", tmp_path], check=True)
    assert expected() == {path: (tmp_path / path).read_bytes() for path in expected()}


@pytest.mark.skipif(shutil.which("javac") is None, reason="needs a JDK to read with")
def test_java_reads_it_as_a_stream(tmp_path):
    """java.util.zip checks each CRC, and here trusts no directory."""
    (tmp_path / "bundle.zip").write_bytes(archive_of(members()))
    (tmp_path / "Unzip.java").write_text(READ_IN_JAVA)
    command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", tmp_path / "Unzip.java", tmp_path / "bundle.zip"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert sorted(f"{path} {len(content)}" for path, content in expected().items()) == sorted(done.stdout.splitlines())


def test_equal_input_gives_equal_bytes():
    assert archive_of(members()) == archive_of(members(turn=5))


def test_long_literals_are_deflated_apart_and_short_ones_with_the_values():
    packed = pack_site(template({"a.html": (LONG, NAME, b"short", URL, LONG)}).files, folder=SITE)
    assert ((NAME, b"short", URL),) == packed.zones
    assert [bytes, int, bytes] == [type(piece) for piece in packed.pages[0].pieces]


def test_a_zone_of_many_pages_is_packed_once():
    at_bound = b"x" * MAX_ZONE_LITERAL
    pages = {f"{n}.html": (b"%d" % n + LONG, NAME, at_bound, URL, LONG) for n in range(3)}
    assert 1 == len(pack_site(template(pages).files, folder=SITE).zones)


def test_shares_join_to_the_site_they_are_of():
    files = template().files
    shares = [pack_site(files[start::3], folder=SITE) for start in range(3)]
    joined, whole = joined_site(shares), pack_site(files, folder=SITE)
    assert whole.files == joined.files
    assert {page.path: _spelled(page, whole.zones) for page in whole.pages} == {
        page.path: _spelled(page, joined.zones) for page in joined.pages
    }
    assert sorted(map(str, whole.zones)) == sorted(map(str, joined.zones))


def _spelled(page, zones):
    return [piece if isinstance(piece, bytes) else zones[piece] for piece in page.pieces]


def test_short_texts_are_stored_and_long_ones_deflated():
    packed = pack_zones([b"Acme", LONG])
    assert b"\0\4\0\xfb\xffAcme" == packed[0]
    assert len(packed[1]) < len(LONG) / 10


@pytest.mark.parametrize("size", [0, 1, MAX_STORED, MAX_STORED + 1, 3 * MAX_STORED])
def test_stored_blocks_hold_any_size(size):
    content = bytes(index * 7 % 251 for index in range(size))
    packed = members({"a.html": (NAME,)})[0]
    data = stored(content) + b"\x03\x00"
    header = replace(packed.member.header, compressed_size=len(data), size=size)
    require_content(replace(packed, member=Member(header, data)), content)


def test_content_that_files_share_is_deflated_once(monkeypatch):
    deflated = []
    monkeypatch.setattr("themekit.bundle.pieces.member", lambda of: deflated.append(of.path) or pack_member(of))
    packed = pack_files([artifact("theme/a.css", LONG), artifact("site/a.css", LONG)])
    assert [PurePosixPath("theme/a.css")] == deflated
    assert ["theme/a.css", "site/a.css"] == [file.member.header.path for file in packed]


def pack_member(of):
    from themekit.bundle.archive import member

    return member(of)


def test_a_member_of_other_content_is_refused():
    with pytest.raises(AssertionError, match="does not unpack"):
        require_content(members()[0], b"other")


def test_a_member_of_another_length_is_refused():
    packed = members()[0].member
    with pytest.raises(ValueError, match="another length"):
        write_zip([replace(packed, data=packed.data + b"x")], epoch_s=0)


def test_the_check_of_pages_comes_round_to_each():
    """A page whose pieces are those of another is found by the turn that looks at it, whatever the manifest says."""
    of = template({"a.html": (NAME, LONG, URL), "b.html": (URL, LONG, NAME)})
    site = shared_site(pack_site(of.files, folder=SITE), of)
    wrong = PackedPage(site.pages[0].packed.path, "text/html", site.pages[1].packed.pieces)
    spoilt = replace(site, pages=(replace(site.pages[0], packed=wrong, content=site.pages[1].content), site.pages[1]))
    found = []
    for turn in range(CHECKED_PAGES):
        try:
            list(stamped_files(spoilt, Stamper(TEXTS), turn=turn))
        except AssertionError:
            found.append(turn)
    assert [0] == found


PARTS = st.lists(
    st.one_of(st.binary(max_size=30), st.sampled_from([NAME, URL, LONG, LONG + b"x" * 900])), min_size=1, max_size=9
)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=0, max_size=40)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}\.html", fullmatch=True), PARTS, max_size=4), WORDS, WORDS)
def test_any_template_with_any_texts(pages, name, url):
    texts = {"name": name, "urls.site": url * 30}
    assert expected(pages, texts) == unzipped(archive_of(members(pages, texts)))

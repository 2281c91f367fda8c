"""A plugin that decides something by a brand's text is seen doing it, and its pages are rendered for each brand."""

import copy
from fnmatch import fnmatch
from urllib.parse import urlsplit

import jinja2
import pytest
from markupsafe import Markup

from themekit.site import installed
from themekit.site.compiling import compile_site
from themekit.site.fields import slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.reads import Reads
from themekit.site.render import render_site
from themekit.site.stamp import render_plain_files, stamp
from themekit.site.variant import variant_of

QUESTIONS = {
    "eq": lambda text: text == "Acme",
    "ne": lambda text: text != "Acme",
    "lt": lambda text: text < "M",
    "contains": lambda text: "A" in text,
    "len": lambda text: len(text) > 5,
    "hash": {"Acme": 1}.get,
    "iter": lambda text: next(iter(text)),
    "startswith": lambda text: text.startswith("A"),
    "isupper": lambda text: text.isupper(),
    "split": lambda text: text.split()[0],
}
TEMPLATES = {
    "eq": "{% if text == 'Acme' %}{% endif %}",
    "len": "{{ text | length }}",
    "contains": "{% if 'A' in text %}{% endif %}",
    "iter": "{{ text | first }}",
}
DERIVATIONS = {
    "lower": lambda text: text.lower(),
    "slice": lambda text: text[:4],
    "sum": lambda text: "The " + text,
    "sum of two": lambda text: text + "!",
    "format": "{0}".format,
    "copy": copy.deepcopy,
    "str": str,
    "percent": lambda text: "%s" % text,  # noqa: UP031
}


@pytest.fixture
def reads():
    return Reads()


@pytest.fixture(params=[str, Markup])
def text(reads, request):
    return reads.watched("name", request.param("Acme &amp; Co"))


def asked(reads):
    return {(each.field, each.operation) for each in reads.found}


@pytest.mark.parametrize("operation", QUESTIONS)
def test_a_question_is_noted_with_who_asked(reads, text, operation):
    QUESTIONS[operation](text)
    (only,) = reads.found
    assert ("name", operation, "test_reads.py") == (only.field, only.operation, only.asker.partition(":")[0])


@pytest.mark.parametrize("operation", TEMPLATES)
def test_templates_ask_for_themselves(reads, text, operation):
    jinja2.Environment(autoescape=True).from_string(TEMPLATES[operation]).render(text=text)
    assert {("name", operation)} == asked(reads)
    assert {"<template>"} == {each.asker for each in reads.found}


def test_the_standard_library_asks_for_its_caller(reads, text):
    urlsplit(text)
    fnmatch(text, "A*")
    assert {"test_reads.py"} == {each.asker.partition(":")[0] for each in reads.found}


@pytest.mark.parametrize("show", DERIVATIONS.values(), ids=DERIVATIONS)
def test_showing_is_no_question_and_what_is_made_of_a_text_is_watched(reads, text, show):
    made = show(text)
    assert set() == asked(reads)
    assert made != "x"
    assert {("name", "ne")} == asked(reads)


def test_texts_show_as_they_are(reads):
    plain = Markup("Zoë &amp; &#34;Co&#34;")
    text = reads.watched("name", plain)
    template = "{{ t }}{{ t | e }}{{ t ~ 1 }}{{ t | upper }}{{ t | d('x') }}{{ [t, t] | join }}"
    shown = jinja2.Environment(autoescape=True).from_string(template)
    assert shown.render(t=plain) == shown.render(t=text)
    assert plain.encode() == text.encode()
    assert Markup("a") + plain == "a" + text


def test_presence_is_in_the_key_and_may_be_asked_for(reads):
    assert bool(reads.watched("name", "Acme"))
    assert not reads.watched("tagline", "")
    assert set() == asked(reads)


def test_what_is_no_text_cannot_be_added(text):
    with pytest.raises(TypeError):
        1 + text


PLUGIN = """
from mkdocs.plugins import BasePlugin

class Decider(BasePlugin):
    def {event}:
        if "{page}" in getattr(page.file, "src_uri", "") and config.site_name {decision}:
            return {given} + "<p>Only here.</p>"
        return {given}
"""
EVENTS = {
    "on_page_markdown": ("on_page_markdown(self, markdown, *, page, config, files)", "markdown"),
    "on_post_page": ("on_post_page(self, output, *, page, config)", "output"),
}


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Installs a plugin `decider` for the processes of renders."""

    def write(event, *, page, decision):
        signature, given = EVENTS[event]
        folder = tmp_path / "installed"
        (folder / "decider-1.dist-info").mkdir(parents=True)
        (folder / "decider.py").write_text(PLUGIN.format(event=signature, page=page, decision=decision, given=given))
        entry = "[mkdocs.plugins]\ndecider = decider:Decider\n"
        (folder / "decider-1.dist-info" / "entry_points.txt").write_text(entry)
        (folder / "decider-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: decider\nVersion: 1\n")
        monkeypatch.setenv("PYTHONPATH", str(folder))
        monkeypatch.syspath_prepend(folder)  # where a process that is started with it looks for plugins, too
        installed.plugin_names.cache_clear()

    yield write
    installed.plugin_names.cache_clear()


def with_plugin(sources):
    return tuple(
        type(source)(source.path, source.content.replace(b"  - search\n", b"  - search\n  - decider\n"))
        for source in sources
    )


@pytest.mark.slow
@pytest.mark.parametrize("event", EVENTS)
def test_a_site_of_a_plugin_that_decides_is_right_in_every_brand(event, small, make_brand, install, tmp_path):
    """Neither probe is the brand's name, so both renders are alike: only the question itself can be seen."""
    install(event, page="guides/", decision='== "Acme"')
    sources = with_plugin(small)
    brand = make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}})
    variant = variant_of(brand, sources=sources)
    scratch = [tmp_path / name for name in ("template", "plain", "whole")]
    template, diagnostics = compile_site(variant, sources, scratch=scratch[0])
    plain = tuple(path for path, _ in template.plain)
    rendered, _ = render_plain_files(variant, brand, paths=plain, sources=sources, scratch=scratch[1])
    whole = render_site(sources, SiteInputs(variant, slot_fields(brand)), scratch=scratch[2])
    made = {each.path.relative_to("site"): each.content for each in (*stamp(template, brand), *rendered)}
    assert dict(whole.files) == made
    assert any(b"Only here." in content for content in whole.files.values())
    assert {"not-stamped"} == {each.code for each in diagnostics}
    assert all("`decider.py:6` decides by `brand.name` (`==`)" in each.message for each in diagnostics)
    if event == "on_post_page":
        assert {"guides/index.html", "guides/hooks.html", "search/search_index.json", "search/search_index.js"} == {
            str(path) for path in plain
        }
    else:
        assert len(whole.files) == len(plain)


@pytest.mark.slow
def test_a_plugin_that_asks_for_presence_only_costs_nothing(small, plain_brand, install, tmp_path):
    install("on_post_page", page="guides/", decision="and config.site_description")
    sources = with_plugin(small)
    template, _ = compile_site(variant_of(plain_brand, sources=sources), sources, scratch=tmp_path / "template")
    assert () == template.plain

"""Diagnostics as JUnit XML, which every CI system shows as a list of tests."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # written only: nothing is parsed here

from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import printable
from themekit.diagnostics.text import headline, render_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics.diagnostic import Diagnostic

PROJECT = "project"  # the suite of mistakes that are in no file


def render_junit(diagnostics: Iterable[Diagnostic], name: str) -> str:
    """One suite a file, one case a diagnostic: an error is a failure, a warning a case that passed and has output.

    `name` is the command's, and that of the one case that passed where nothing was found: CI systems take a report
    without a case for a run that did not take place. Source: the Jenkins and Ant form, as testmoapp/junitxml has it.
    """
    shown = in_order(diagnostics)
    root = ET.Element("testsuites", name=f"themekit {name}")
    for path, found in groupby(shown, _path):
        _add_suite(root, path, list(found))
    if not shown:
        suite = ET.SubElement(root, "testsuite", name=PROJECT, tests="1", failures="0", errors="0")
        ET.SubElement(suite, "testcase", classname=PROJECT, name=f"themekit {name}")
    failures = sum(each.is_error for each in shown)
    root.attrib.update(tests=str(max(1, len(shown))), failures=str(failures), errors="0")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _path(diagnostic: Diagnostic) -> str:
    return PROJECT if diagnostic.place is None else printable(str(diagnostic.place.path))


def _add_suite(root: ET.Element, path: str, found: list[Diagnostic]) -> None:
    failures = sum(each.is_error for each in found)
    suite = ET.SubElement(root, "testsuite", name=path, tests=str(len(found)))
    suite.attrib.update(failures=str(failures), errors="0")
    for diagnostic in found:
        place = diagnostic.place
        at = f"{place.line}:{place.column} " if isinstance(place, Span) else ""
        case = ET.SubElement(suite, "testcase", classname=path, name=f"{at}{diagnostic.code}")
        if isinstance(place, Span):
            case.attrib.update(file=path, line=str(place.line))
        text = render_text([diagnostic])
        if diagnostic.is_error:
            ET.SubElement(case, "failure", type=diagnostic.code, message=headline(diagnostic)).text = text
        else:
            ET.SubElement(case, "system-out").text = text

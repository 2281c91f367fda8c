"""Packages of real descriptions compile in the strictest mode; generated tests and samples run against the sandbox."""

import re

import pytest
from java_packages import JAVAC, PACKAGE, SAMPLE, SMALL, SPECS, api_of, compiled, filled, java, template_of, write

from themekit.model.sdk import sdk_file
from themekit.sdk.java import LANGUAGE
from themekit.trial.sandbox import serving_sandbox

DOCUMENTS = (
    "adyen-checkout-v70-3.1.json",
    "adyen-checkout-v71-3.1.json",
    "box-openapi-3.0.json",
    "openai-3.1.json",
    "petstore-3.0.yaml",
)
needs_javac = pytest.mark.skipif(JAVAC is None, reason="there is no javac on this machine")


@needs_javac
@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_real_description_compiles(name, tmp_path):
    if not (SPECS / name).is_file():
        pytest.skip("the descriptions of ../shared/specs are not here")
    write(template_of(api_of(SPECS / name)), tmp_path)
    assert "" == compiled(tmp_path.rglob("*.java"), tmp_path / "classes")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_operation_is_lost(name):
    if not (SPECS / name).is_file():
        pytest.skip("the descriptions of ../shared/specs are not here")
    api = api_of(SPECS / name)
    lines = LANGUAGE.surface(api)
    methods = [line for line in lines if re.match(r"[a-z]\w*\.\w+\(", line)]
    assert len(methods) >= len(api.operations)
    assert len(set(methods)) == len(methods)


def class_names(folder):
    return sorted(file.stem for file in folder.rglob("*Test.java"))


@pytest.mark.parametrize("path", [SAMPLE, SMALL], ids=["sample", "small"])
def test_generated_tests_pass_against_the_sandbox(path, request):
    sdk = request.getfixturevalue("sample_sdk" if path is SAMPLE else "small_sdk")
    with serving_sandbox(path) as base:
        printed = java("-cp", sdk.classes, f"{PACKAGE}.TestRun", *class_names(sdk.folder), env={"API_BASE_URL": base})
    count = int(re.search(r"(\d+) tests, 0 failures", printed)[1])
    assert count >= len(sdk.api.operations) + 4


def test_a_failing_call_fails_the_generated_tests(sample_sdk):
    """The tests would see it if nothing answered."""
    with pytest.raises(AssertionError, match="FAILED AccessTokensOperationsTest"):
        java(
            *("-cp", sample_sdk.classes, f"{PACKAGE}.TestRun", "AccessTokensOperationsTest"),
            env={"API_BASE_URL": "http://127.0.0.1:9"},
        )


def test_samples_compile_and_run(sample_sdk, tmp_path):
    """All in one run of Java: each sample gets a package of its own, and a program calls them in turn."""
    names = []
    for number, operation in enumerate(sample_sdk.api.operations):
        text = filled(sdk_file("x", LANGUAGE.sample(sample_sdk.api, operation)).parts)
        folder = tmp_path / f"s{number}"
        folder.mkdir()
        (folder / "Example.java").write_text(f"package s{number};\n\n{text}", encoding="utf-8")
        names.append(f"s{number}.Example")
    calls = "\n".join(f"        {name}.main(args);" for name in names)
    main = f"    public static void main(String[] args) throws Exception {{\n{calls}\n    }}"
    (tmp_path / "All.java").write_text(f"public final class All {{\n{main}\n}}\n", encoding="utf-8")
    assert "" == compiled(tmp_path.rglob("*.java"), tmp_path / "out", classpath=str(sample_sdk.classes))
    with serving_sandbox(SAMPLE) as base:
        java(
            *("-cp", f"{sample_sdk.classes}:{tmp_path / 'out'}", "All"),
            env={"API_BASE_URL": base, "API_KEY": "sk_test_1", "PUBLISHABLE_KEY": "pk_test_1"},
        )


def test_the_project_has_its_coordinates_and_no_dependency(sample_sdk):
    text = (sample_sdk.folder / "pom.xml").read_text(encoding="utf-8")
    assert "  <groupId>com.acme</groupId>\n  <artifactId>acme-pay</artifactId>\n  <version>1.2.3</version>\n" in text
    assert "<dependency>" not in text

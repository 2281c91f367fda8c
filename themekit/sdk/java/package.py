"""What Maven, licences and people read: pom.xml, README, LICENSE, CHANGELOG and the bill of materials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import sdk_file, slot
from themekit.sdk.java.readme import readme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.sdk import SdkFile, SdkOptions
    from themekit.sdk.java.types import JavaApi

APACHE = "Apache-2.0"
LICENSE_TEXT = "apache-2.0.txt"


def package_files(java: JavaApi, options: SdkOptions) -> Iterator[SdkFile]:
    """The files beside the sources."""
    yield sdk_file("pom.xml", _pom(java, with_tests=options.with_tests), media_type="application/xml")
    yield sdk_file("README.md", readme(java), media_type="text/markdown")
    yield sdk_file("CHANGELOG.md", _changelog(java), media_type="text/markdown")
    yield sdk_file("LICENSE", _license(java, options))
    yield sdk_file("sbom.cdx.json", _SBOM % _sbom_license(java), media_type="application/vnd.cyclonedx+json")
    yield sdk_file(".gitignore", "target/\n")


def is_apache(java: JavaApi) -> bool:
    """The API's licence is the Apache License 2.0."""
    return java.api.license_name.strip().lower() in {"apache-2.0", "apache 2.0", "apache license 2.0"}


def _license(java: JavaApi, options: SdkOptions) -> str:
    if is_apache(java):
        text = next((each.content for each in options.sources if each.path.name == LICENSE_TEXT), None)
        if text is not None:
            return text.decode()
    return f"Copyright {slot('legal-name')}. All rights reserved.\n"


def _changelog(java: JavaApi) -> str:
    version = java.api.version.replace("\n", " ").replace("`", "'")
    return (
        "# Changelog\n\n"
        f"## {slot('version')}\n\n"
        f"- All operations of version `{version}` of the API.\n\n"
        "This package follows semantic versioning.\n"
    )


def _pom(java: JavaApi, *, with_tests: bool) -> str:
    licence = _POM_APACHE if is_apache(java) else ""
    return _POM % {"license": licence, "tests": _POM_TESTS if with_tests else ""}


def _sbom_license(java: JavaApi) -> str:
    return f',\n      "licenses": [{{"license": {{"id": "{APACHE}"}}}}]' if is_apache(java) else ""


_POM_APACHE = """\
  <licenses>
    <license>
      <name>Apache-2.0</name>
      <url>https://www.apache.org/licenses/LICENSE-2.0.txt</url>
    </license>
  </licenses>
"""

_POM_TESTS = """\
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-surefire-plugin</artifactId>
        <version>3.2.5</version>
        <configuration>
          <skipTests>${skip.api.tests}</skipTests>
        </configuration>
      </plugin>
"""

_POM = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
  <modelVersion>4.0.0</modelVersion>

  <groupId>{slot("java-group")}</groupId>
  <artifactId>{slot("java-artifact")}</artifactId>
  <version>{slot("version")}</version>
  <packaging>jar</packaging>

  <name>{slot("name", "xml")}</name>
  <description>Java library for the API of {slot("name", "xml")}</description>
  <url>{slot("docs-url", "xml")}</url>
  <organization>
    <name>{slot("legal-name", "xml")}</name>
    <url>{slot("home-url", "xml")}</url>
  </organization>
%(license)s
  <properties>
    <maven.compiler.release>11</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    <project.build.outputTimestamp>1980-02-01T00:00:00Z</project.build.outputTimestamp>
    <skip.api.tests>true</skip.api.tests>
  </properties>

  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.11.0</version>
        <configuration>
          <compilerArgs>
            <arg>-Xlint:all</arg>
          </compilerArgs>
        </configuration>
      </plugin>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-jar-plugin</artifactId>
        <version>3.3.0</version>
        <configuration>
          <archive>
            <manifestEntries>
              <Automatic-Module-Name>{slot("java-package")}</Automatic-Module-Name>
            </manifestEntries>
          </archive>
        </configuration>
      </plugin>
%(tests)s    </plugins>
  </build>
</project>
"""

_SBOM = f"""\
{{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {{
    "component": {{
      "type": "library",
      "bom-ref": "pkg:maven/{slot("java-group")}/{slot("java-artifact")}@{slot("version")}",
      "group": "{slot("java-group")}",
      "name": "{slot("java-artifact")}",
      "version": "{slot("version")}",
      "purl": "pkg:maven/{slot("java-group")}/{slot("java-artifact")}@{slot("version")}"%s
    }}
  }},
  "components": [],
  "dependencies": [
    {{
      "ref": "pkg:maven/{slot("java-group")}/{slot("java-artifact")}@{slot("version")}",
      "dependsOn": []
    }}
  ]
}}
"""

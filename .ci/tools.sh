#!/bin/sh
# What the tests drive besides Python: a real Chromium; Firefox and WebKit, and a display for the latter; strace, which
# fails and kills commands at system calls; promtool, which tests alerts; aapt2, which compiles resources for Android;
# LuaJIT and nginx with Lua, which Kong is made of; Apache's httpd, which serves a site as partners do; minisign and
# zstd, which read what we sign and pack. Quick when all are there. Chromium: an installed one, else Debian's, else the
# one that Playwright fetches.
set -eu

has_chromium() {
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		if command -v "$name" >/dev/null 2>&1; then
			return 0
		fi
	done
	return 1
}

# The registry that npm packages are published to in tests, from its lock: below node_modules/, which Git ignores.
if command -v npm >/dev/null 2>&1 && [ ! -x tests/sdk/registries/node_modules/.bin/verdaccio ]; then
	(cd tests/sdk/registries && npm ci --no-audit --no-fund --loglevel error >/dev/null) ||
		echo "verdaccio could not be installed: the test that needs it is skipped"
fi

# The TypeScript compiler and Prettier, which check the SDK: exactly what the lock file names, into an ignored folder.
typescript=tests/sdk/typescript
if command -v npm >/dev/null 2>&1 && ! cmp -s "$typescript/package-lock.json" "$typescript/node_modules/installed-lock.json"; then
	npm ci --prefix "$typescript" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null &&
		cp "$typescript/package-lock.json" "$typescript/node_modules/installed-lock.json" ||
		echo "the TypeScript compiler could not be installed: the tests that need it are skipped"
fi

# The compilers of the formats that themes are written in: Less, Stylus, Sass, Tailwind, Bootstrap, Figma's types; Kotlin
# and the classes of Jetpack Compose, from Maven.
formats=tests/targets/npm
if command -v npm >/dev/null 2>&1 && ! cmp -s "$formats/package-lock.json" "$formats/node_modules/installed-lock.json"; then
	npm ci --prefix "$formats" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null &&
		cp "$formats/package-lock.json" "$formats/node_modules/installed-lock.json" ||
		echo "the compilers of theme formats could not be installed: the tests that need them are skipped"
fi
kotlin=tests/targets/kotlin
if command -v mvn >/dev/null 2>&1 && ! cmp -s "$kotlin/pom.xml" "$kotlin/jars/installed-pom.xml"; then
	mvn --quiet --batch-mode --file "$kotlin/pom.xml" dependency:copy-dependencies -DoutputDirectory=jars >/dev/null 2>&1 &&
		cp "$kotlin/pom.xml" "$kotlin/jars/installed-pom.xml" ||
		echo "the Kotlin compiler could not be installed: the test that needs it is skipped"
fi

# Other token compilers and public token sets, which the tests of tests/conformance compare with.
peers=tests/conformance
if command -v npm >/dev/null 2>&1 && ! cmp -s "$peers/package-lock.json" "$peers/node_modules/installed-lock.json"; then
	npm ci --prefix "$peers" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1 &&
		cp "$peers/package-lock.json" "$peers/node_modules/installed-lock.json" ||
		echo "Style Dictionary and Terrazzo could not be installed: the tests that need them are skipped"
fi

missing=
has_chromium || missing="chromium"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="$missing firefox-esr"
command -v WebKitWebDriver >/dev/null 2>&1 || missing="$missing webkit2gtk-driver"
command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
command -v strace >/dev/null 2>&1 || missing="$missing strace"
command -v aapt2 >/dev/null 2>&1 || missing="$missing aapt"
command -v promtool >/dev/null 2>&1 || missing="$missing prometheus"
command -v luajit >/dev/null 2>&1 && command -v nginx >/dev/null 2>&1 || missing="$missing luajit2 lua-cjson nginx-core libnginx-mod-http-lua"
command -v apache2 >/dev/null 2>&1 || [ -x /usr/sbin/apache2 ] || missing="$missing apache2-bin"
command -v minisign >/dev/null 2>&1 || missing="$missing minisign"
command -v zstd >/dev/null 2>&1 || missing="$missing zstd"
if [ -z "$missing" ]; then
	exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
	apt-get update -qq
	for name in $missing; do
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$name" >/dev/null ||
			echo "there is no $name: the tests that need it are skipped, or fail"
	done
	exit 0
fi
# Without the others the tests that need them are skipped, and say so.
has_chromium || .venv/bin/playwright install chromium

// CSS of Style Dictionary and Terrazzo for each token file named, as JSON on standard output: {file: {sd: css, tz: css}}.
// A tool that fails has its message under `sdError` or `tzError`. Standard error has what the tools say.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build, defineConfig, Logger, parse } from "@terrazzo/parser";
import css from "@terrazzo/plugin-css";
import StyleDictionary from "style-dictionary";

// `--no-lint`: Terrazzo only reads, as it refuses public sets for slips that change no value.
const lints = process.argv[2] !== "--no-lint";
const files = process.argv.slice(lints ? 2 : 3);
console.log = console.info = console.warn = (...said) => console.error(...said);

async function styleDictionary(file) {
  const built = new StyleDictionary({
    source: [file],
    log: { verbosity: "silent", warnings: "disabled", errors: { brokenReferences: "console" } },
    platforms: {
      css: {
        transformGroup: "css",
        files: [{ destination: "sd.css", format: "css/variables", options: { outputReferences: false } }],
      },
    },
  });
  const [made] = await built.formatPlatform("css");
  return made.output;
}

async function terrazzo(file) {
  const logger = new Logger({ level: "silent" });
  const config = defineConfig(
    { outDir: "out", plugins: [css({ filename: "tz.css", skipBuild: false })], ...(lints ? {} : { lint: { rules: {} } }) },
    { cwd: pathToFileURL(`${process.cwd()}/`), logger },
  );
  const source = [{ filename: pathToFileURL(file), src: readFileSync(file, "utf8") }];
  const { tokens, sources, resolver } = await parse(source, { config, logger });
  const { outputFiles } = await build(tokens, { sources, config, resolver, logger });
  return outputFiles.find((each) => each.filename.endsWith("tz.css")).contents;
}

const found = {};
for (const file of files) {
  found[file] = {};
  for (const [name, compile] of Object.entries({ sd: styleDictionary, tz: terrazzo })) {
    try {
      found[file][name] = String(await compile(file));
    } catch (error) {
      found[file][`${name}Error`] = String(error).slice(0, 2000);
    }
  }
}
process.stdout.write(JSON.stringify(found));

// Builds each token file named with one tool, in one process: `sd` or `tz`, then the output folder, then the files.
// For Style Dictionary a file may be several with commas between, of which later ones go before earlier ones: a mode.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const [tool, out, ...files] = process.argv.slice(2);
const found = createRequire(`${process.cwd()}/peers.mjs`);
mkdirSync(out, { recursive: true });

async function styleDictionary() {
  const { default: StyleDictionary } = await import(pathToFileURL(found.resolve("style-dictionary")));
  return async (file) => {
    const built = new StyleDictionary({
      source: file.split(","),
      log: { verbosity: "silent", warnings: "disabled" },
      platforms: {
        css: {
          transformGroup: "css",
          files: [{ destination: "sd.css", format: "css/variables", options: { outputReferences: true } }],
        },
      },
    });
    const [made] = await built.formatPlatform("css");
    return made.output;
  };
}

async function terrazzo() {
  const { build, defineConfig, Logger, parse } = await import(pathToFileURL(found.resolve("@terrazzo/parser")));
  const { default: css } = await import(pathToFileURL(found.resolve("@terrazzo/plugin-css")));
  return async (file) => {
    const logger = new Logger({ level: "silent" });
    const config = defineConfig(
      { outDir: "out", plugins: [css({ filename: "tz.css" })] },
      { cwd: pathToFileURL(`${process.cwd()}/`), logger },
    );
    const source = [{ filename: pathToFileURL(file), src: readFileSync(file, "utf8") }];
    const { tokens, sources, resolver } = await parse(source, { config, logger });
    const { outputFiles } = await build(tokens, { sources, config, resolver, logger });
    return outputFiles.find((each) => each.filename.endsWith("tz.css")).contents;
  };
}

const compile = await (tool === "sd" ? styleDictionary() : terrazzo());
for (const file of files) {
  writeFileSync(`${out}/${basename(file)}.css`, await compile(file));
}

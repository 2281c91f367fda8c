// Bundles the Studio's page: `node build.js FOLDER [--watch]`. The editor of the source tab is a chunk that is loaded when it is opened.

import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, context } from "esbuild";

const [folder, mode] = process.argv.slice(2);
const options = {
  entryPoints: ["src/app.js", "src/gateway/gateway.js", "src/styles/app.css"],
  outdir: folder,
  entryNames: "[name]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]",
  bundle: true,
  format: "esm",
  splitting: true,
  minify: mode !== "--watch",
  target: ["chrome120", "firefox121", "safari17"],
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** The licences of the packages that went into the bundle, in one file beside it. */
function licences(metafile) {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  return [...packages].sort().map(licence).join("\n\n");
}

function licence(name) {
  const home = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(home, file), "utf8").trim() : "";
  return `${name} ${version}, ${license}\n\n${text}\n`;
}

mkdirSync(folder, { recursive: true });
for (const page of ["index.html", "gateway.html"]) copyFileSync(`src/${page}`, join(folder, page));
if (mode === "--watch") {
  await (await context(options)).watch();
} else {
  const { metafile } = await build(options);
  writeFileSync(join(folder, "LICENSES.txt"), licences(metafile));
  if (!existsSync(join(folder, "app.js"))) throw new Error("esbuild wrote no app.js");
}

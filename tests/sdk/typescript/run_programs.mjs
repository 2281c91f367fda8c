// Runs TypeScript programs one after the other: types off, then imported. Writes one JSON object: errors by program.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ts = createRequire(import.meta.url)("typescript");
const folder = process.argv[2];
const compilerOptions = { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 };
const failed = {};
console.log = () => {};
const programs = readdirSync(folder).filter((name) => name.endsWith(".ts"));
for (const name of programs.sort((one, other) => /delete|detach/.test(one) - /delete|detach/.test(other))) {
  const path = join(folder, name.replace(/\.ts$/, ".js"));
  const text = readFileSync(join(folder, name), "utf8");
  writeFileSync(path, ts.transpileModule(text, { compilerOptions }).outputText);
  try {
    await import(pathToFileURL(path).href);
  } catch (error) {
    failed[name] = String(error);
  }
}
process.stdout.write(JSON.stringify({ count: programs.length, failed }));
process.exit(0);

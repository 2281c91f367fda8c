// Type checks packages with the programs that use them, all in one process, and looks for code that nobody wrote.
//
// Arguments: folders. Each has node_modules/@acme/sdk, and programs beside it. Writes one JSON object by folder:
// `errors` of the strict compiler, `exports` that types and code do not share, `alien` identifiers.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const ts = require("typescript");
const ALIEN = "INJECT";

const options = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: ["node"],
  typeRoots: [join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "node_modules/@types")],
};

const kept = new Map(); // the libraries of the language are parsed once for all

function compilerHost() {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const isLibrary = /node_modules\/(typescript|@types|undici-types)\//.test(name);
    if (!isLibrary) {
      return read(name, ...rest);
    }
    if (!kept.has(name)) {
      kept.set(name, read(name, ...rest));
    }
    return kept.get(name);
  };
  return host;
}

function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function check(folder) {
  const sdk = join(folder, "node_modules/@acme/sdk");
  const programs = existsSync(join(folder, "programs")) ? filesBelow(join(folder, "programs"), /\.[cm]?ts$/) : [];
  const declared = filesBelow(sdk, /\.d\.ts$/);
  const program = ts.createProgram([...declared, ...programs], options, compilerHost());
  const own = program.getSourceFiles().filter((file) => file.fileName.startsWith(folder));
  const found = [
    ...program.getGlobalDiagnostics(),
    ...own.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return {
    errors: found.slice(0, 500).map((each) => {
      const at = each.file ? `${each.file.fileName.slice(folder.length)}:${each.file.getLineAndCharacterOfPosition(each.start).line + 1}` : "";
      return `${at} TS${each.code} ${ts.flattenDiagnosticMessageText(each.messageText, " ").slice(0, 300)}`;
    }),
    values: valuesOf(program, join(sdk, "esm/index.d.ts")),
    alien: alienIn([...filesBelow(sdk, /\.(js|d\.ts)$/), ...programs]),
  };
}

function valuesOf(program, path) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(path));
  return checker
    .getExportsOfModule(module)
    .filter((each) => {
      const target = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
      return target.flags & ts.SymbolFlags.Value && !isTypeOnly(each);
    })
    .map((each) => each.name)
    .sort();
}

function isTypeOnly(symbol) {
  return (symbol.declarations ?? []).some((each) => {
    const statement = ts.findAncestor(each, ts.isExportDeclaration);
    return statement?.isTypeOnly ?? false;
  });
}

/** Identifiers in code, and tags in comments, that only the description can have brought. */
function alienIn(files) {
  const found = [];
  for (const path of files) {
    const text = readFileSync(path, "utf8");
    if (!text.includes(ALIEN)) {
      continue;
    }
    const kind = path.endsWith("ts") ? ts.ScriptKind.TS : ts.ScriptKind.JS;
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
    found.push(...file.parseDiagnostics.map((each) => `${path}: ${each.messageText}`));
    const walk = (node) => {
      if (ts.isIdentifier(node) && node.text === ALIEN && !isInComment(node)) {
        found.push(`${path}:${file.getLineAndCharacterOfPosition(node.pos).line + 1}`);
      }
      ts.forEachChild(node, walk);
    };
    walk(file);
  }
  return found.slice(0, 10);
}

function isInComment(node) {
  return ts.findAncestor(node, ts.isJSDoc) !== undefined;
}

const result = {};
for (const folder of process.argv.slice(2)) {
  const checked = check(folder);
  const index = join(folder, "node_modules/@acme/sdk");
  globalThis[ALIEN] = () => checked.alien.push("a call was made");
  const code = Object.keys(await import(pathToFileURL(join(index, "esm/index.js")).href)).sort();
  const common = Object.keys(require(join(index, "cjs/index.js"))).sort();
  result[folder] = { ...checked, code, common };
}
process.stdout.write(JSON.stringify(result));

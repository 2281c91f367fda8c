// Laws of the page's modules that need no page: pointers, merges, links.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decided, threeWay } from "../../../themekit/studio/browser/src/merge.js";
import { applied, difference, get, inverse, join, listAround, same, set } from "../../../themekit/studio/browser/src/pointer.js";
import { FORMAT, packed, readLink, unpacked, written } from "../../../themekit/studio/browser/src/share_code.js";
import { nextFrames } from "../../../themekit/studio/browser/src/side_by_side.js";
import { byFile, changedPaths, draftBody, faultOf, local, located, placeIn, resolved, sharersOf, taken, wholeOf, withFile, withWritten } from "../../../themekit/studio/browser/src/sources.js";
import { heard, isolated, listed, partsOf, words } from "../../../themekit/studio/browser/src/words.js";

const BRAND = { name: "Acme", color: { primary: "#00f" }, portal: { links: [{ title: "A" }, { title: "B" }] }, "a/b~": 1 };

test("an edit leaves what it does not touch the same object", () => {
  const after = set(BRAND, "/color/primary", "#f00");
  assert.equal(after.portal, BRAND.portal);
  assert.equal(BRAND.color.primary, "#00f");
  assert.deepEqual(Object.keys(after), Object.keys(BRAND));
  assert.equal(set(BRAND, "/color/primary", "#00f"), BRAND);
});

test("pointers make objects, append to lists, and take away", () => {
  assert.deepEqual(set({}, "/shape/radius", "6px"), { shape: { radius: "6px" } });
  assert.deepEqual(set(BRAND, "/portal/links/-", 1).portal.links.length, 3);
  assert.deepEqual(set(BRAND, "/portal/links/0", undefined).portal.links, [{ title: "B" }]);
  assert.equal(set(BRAND, "/nothing/here", undefined), BRAND);
  assert.equal(get(BRAND, join("", "a/b~")), 1);
  assert.equal(get(BRAND, "/constructor"), undefined);
  assert.equal(Object.getPrototypeOf(set({}, "/__proto__/x", 1)), Object.prototype);
});

test("the inverse of edits takes them back", () => {
  const edits = [
    { pointer: "/shape/radius", value: "6px" },
    { pointer: "/color/primary", value: "#f00" },
    { pointer: "/name", remove: true },
    { pointer: "/portal/links/0", remove: true },
    { pointer: "/portal/links/-", value: { title: "C" } },
  ];
  const back = applied(applied(BRAND, edits), inverse(BRAND, edits));
  assert.ok(same(BRAND, back), JSON.stringify(back));
});

test("the difference of two values is edits from one to the other", () => {
  const after = { name: "Acme", color: { primary: "#00f", accent: "#0f0" }, portal: { links: [] }, n: null };
  assert.ok(same(after, applied(BRAND, difference(BRAND, after))));
  assert.deepEqual(difference(BRAND, BRAND), []);
  assert.equal(listAround(BRAND, "/portal/links/0/title"), "/portal/links");
});

test("edits of other places merge by themselves", () => {
  const merged = threeWay(BRAND, [{ pointer: "/color/primary", value: "#f00" }], { ...BRAND, name: "New" });
  assert.deepEqual(merged, { clean: [{ pointer: "/color/primary", value: "#f00" }], conflicts: [] });
});

test("the same edit on both sides is done already", () => {
  const edits = [{ pointer: "/name", value: "New" }];
  assert.deepEqual(threeWay(BRAND, edits, { ...BRAND, name: "New" }), { clean: [], conflicts: [] });
});

test("a place that both changed is a conflict, and somebody chooses", () => {
  const merged = threeWay(BRAND, [{ pointer: "/name", value: "Mine" }], { ...BRAND, name: "Theirs" });
  assert.deepEqual(merged.conflicts, [{ pointer: "/name", base: "Acme", mine: "Mine", theirs: "Theirs" }]);
  assert.deepEqual(decided(merged, { "/name": "mine" }), [{ pointer: "/name", value: "Mine" }]);
  assert.deepEqual(decided(merged, { "/name": "theirs" }), []);
});

test("a list that both changed is one conflict: places in it may have moved", () => {
  const theirs = set(BRAND, "/portal/links/0", undefined);
  const merged = threeWay(BRAND, [{ pointer: "/portal/links/1/title", value: "C" }], theirs);
  assert.deepEqual(merged.conflicts.map(({ pointer }) => pointer), ["/portal/links"]);
  assert.deepEqual(merged.conflicts[0].mine, [{ title: "A" }, { title: "C" }]);
});

const linkOf = async (value) => `http://127.0.0.1:1/#share=${await packed(JSON.stringify(value))}`;

test("a link gives back what it was made of", async () => {
  const edits = [{ pointer: "/color/primary", value: "#ünï" }, { pointer: "/name", remove: true }];
  assert.deepEqual(await readLink(await linkOf({ format: FORMAT, brand: "acme", note: "n", edits })), { brand: "acme", note: "n", edits });
});

test("links of others are read with care", async () => {
  await assert.rejects(readLink("http://127.0.0.1:1/"), /no #share=/);
  await assert.rejects(readLink("#share=AAAA"), /damaged/);
  await assert.rejects(readLink(await linkOf({ format: 99, edits: [] })), /another kind/);
  await assert.rejects(readLink(await linkOf({ format: FORMAT, edits: [{ pointer: "name", value: 1 }] })), /another kind/);
  await assert.rejects(unpacked(await packed("x".repeat(2_000_000))), /too large/);
});

test("names are written as people write them", () => {
  const spelled = { textLc: "Text Lc", baseUrl: "Base URL", github: "GitHub", hueShift: "Hue shift", "get-started": "Get started" };
  for (const [key, expected] of Object.entries(spelled)) assert.equal(words(key), expected);
  assert.equal(words("constructor"), "Constructor");
  assert.equal(words("de"), "German");
});

const READ = {
  id: "acme",
  path: "brands/acme/brand.json",
  version: "1",
  text: "",
  value: { name: "Acme", tokens: ["../_shared/a.json", "t.json"] },
  diagnostics: [],
  sources: [
    { path: "brands/_shared/a.json", version: "2", text: "", value: { glow: { $value: "#111" } }, readers: ["acme", "lagoon"], refusal: "" },
    { path: "brands/acme/t.json", version: "3", text: "", value: { "a/b": { $value: 1 } }, readers: ["acme"], refusal: "" },
  ],
};
const GLOW = placeIn("brands/_shared/a.json", "/glow/$value");
const SLASH = placeIn("brands/acme/t.json", "/a~1b/$value");

test("a place in a file is one of the whole brand, and taken apart again", () => {
  const whole = wholeOf(READ);
  assert.equal(whole, wholeOf(READ));
  assert.deepEqual([get(whole, GLOW), get(whole, SLASH), get(whole, "/name")], ["#111", 1, "Acme"]);
  assert.deepEqual(taken(SLASH), { path: "brands/acme/t.json", pointer: "/a~1b/$value" });
  assert.deepEqual(taken("/color/primary"), { path: "", pointer: "/color/primary" });
  assert.equal(wholeOf({ ...READ, value: null }), null);
  assert.equal(wholeOf({ ...READ, sources: [] }), READ.value);
  const broken = { ...READ, sources: [{ ...READ.sources[0], value: null }] };
  assert.equal(get(wholeOf(broken), GLOW), undefined);
});

test("what was written is laid over what it was written on, and over nothing newer", () => {
  const answer = { version: "4", text: "{}", value: {} };
  const own = { path: "", answer };
  assert.equal(withWritten(READ, READ, own).version, "4");
  const newer = { ...READ, version: "5" };
  assert.equal(withWritten(newer, READ, own), newer);
  const other = { ...READ, id: "lagoon" };
  assert.equal(withWritten(other, READ, own), other);
  const path = "brands/acme/t.json";
  assert.equal(withWritten(newer, READ, { path, answer }).sources[1].version, "4");
  const without = { ...READ, sources: [] };
  assert.equal(withWritten(without, READ, { path, answer }), without);
});

test("a file that is no object is told as what it is", () => {
  const fault = (text, value) => faultOf({ text, value });
  assert.equal(fault("{}", {}), "");
  assert.equal(fault("{", null), "is no valid JSON");
  const told = { null: "null", "[]": "a list", '"x"': "a text", 3: "a number", true: "true" };
  for (const [text, kind] of Object.entries(told)) assert.equal(fault(`${text}\n`, JSON.parse(text)), `is ${kind}, where an object is needed`);
  assert.equal(wholeOf({ ...READ, value: [] }), null);
});

test("edits go to the file where they belong, the brand's own first", () => {
  const edits = [{ pointer: GLOW, value: "#222" }, { pointer: "/name", value: "A" }, { pointer: SLASH, remove: true }];
  const files = byFile(edits);
  assert.deepEqual([...files.keys()], ["", "brands/_shared/a.json", "brands/acme/t.json"]);
  assert.equal(files.get("")[0], edits[1]);
  assert.deepEqual(local(files.get("brands/acme/t.json")), [{ pointer: "/a~1b/$value", remove: true }]);
  assert.deepEqual(draftBody(edits), {
    edits: [{ pointer: "/name", value: "A" }],
    sources: {
      "brands/_shared/a.json": { edits: [{ pointer: "/glow/$value", value: "#222" }] },
      "brands/acme/t.json": { edits: [{ pointer: "/a~1b/$value", remove: true }] },
    },
  });
  assert.deepEqual(draftBody([edits[1]]), { edits: [edits[1]] });
  assert.ok(!("edits" in draftBody([edits[0]])));
});

test("a file's conflict is found beside the brand's own edits", () => {
  const theirs = withFile(READ, "brands/_shared/a.json", { version: "9", text: "", value: { glow: { $value: "#333" } } });
  const edits = [{ pointer: GLOW, value: "#222" }, { pointer: "/name", value: "A" }];
  const found = threeWay(wholeOf(READ), edits, wholeOf(theirs));
  assert.deepEqual(found.clean, [edits[1]]);
  assert.deepEqual(found.conflicts, [{ pointer: GLOW, base: "#111", mine: "#222", theirs: "#333" }]);
  assert.deepEqual(changedPaths(READ, theirs), ["brands/_shared/a.json"]);
  assert.deepEqual(applied(wholeOf(READ), inverse(wholeOf(READ), edits)), wholeOf(READ));
});

test("others who are made of a file are known", () => {
  assert.deepEqual(sharersOf(READ, "brands/_shared/a.json"), ["lagoon"]);
  assert.deepEqual([sharersOf(READ, "brands/acme/t.json"), sharersOf(READ, ""), sharersOf(READ, "none")], [[], [], []]);
});

test("problems have the place of their file", () => {
  const found = located(
    [
      { code: "a", path: READ.path, pointer: "/name" },
      { code: "b", path: "brands/acme/t.json", pointer: "/x", fix: 1, fixPointer: "/x/$value", fixPath: "brands/acme/t.json" },
      { code: "c", path: "docs_src/index.md", pointer: "/x" },
    ],
    READ,
  );
  const at = placeIn("brands/acme/t.json", "/x");
  assert.deepEqual(found.map(({ pointer }) => pointer), ["/name", at, undefined]);
  assert.equal(found[1].fixPointer, `${at}/$value`);
});

test("a name in a brand's file leads to a path of the project", () => {
  assert.equal(resolved(READ, "t.json"), "brands/acme/t.json");
  assert.equal(resolved(READ, "../_shared/a b.json"), "brands/_shared/a b.json");
  assert.equal(resolved(READ, "%"), "");
});

test("a link with changes of files is of another version, and one without is as before", async () => {
  const edits = [{ pointer: GLOW, value: "#222" }, { pointer: "/name", value: "A" }];
  const text = written({ brand: "acme", note: "", edits });
  assert.equal(JSON.parse(text).format, 2);
  assert.ok(!text.includes("@sources"));
  assert.deepEqual((await readLink(`#share=${await packed(text)}`)).edits, edits);
  assert.equal(JSON.parse(written({ brand: "acme", note: "", edits: [edits[1]] })).format, FORMAT);
});

test("links that name files in another way are refused", async () => {
  const edit = { pointer: "/glow/$value", value: 1 };
  for (const wrong of [
    { format: 1, edits: [{ ...edit, source: "brands/acme/t.json" }] },
    { format: 2, edits: [{ ...edit, source: 3 }] },
    { format: 2, edits: [{ pointer: "/@sources", value: { "brands/acme/t.json": {} } }] },
    { format: 2, edits: [{ ...edit, source: "" }] },
    { format: 2, edits: [{ ...edit, pointer: GLOW }] },
    { format: 3, edits: [edit] },
  ]) {
    const code = await packed(JSON.stringify({ brand: "acme", note: "", ...wrong }));
    await assert.rejects(readLink(`#share=${code}`), /another kind or version/, JSON.stringify(wrong));
  }
});

test("a third frame shows a mode that none shows yet", () => {
  const first = [{ key: 1, brand: "acme", view: "portal", scheme: "" }];
  const shown = (frames, number, brands, scheme = "light") =>
    nextFrames(frames, number, { brands, edited: "acme", scheme }).map((frame) => [frame.brand, frame.scheme]);
  assert.deepEqual(shown(first, 4, ["acme", "lagoon"]), [["acme", ""], ["lagoon", ""], ["acme", "dark"], ["lagoon", "dark"]]);
  assert.deepEqual(shown(first, 4, ["acme"]), [["acme", ""], ["acme", "dark"], ["acme", "light-contrast"], ["acme", "dark-contrast"]]);
  assert.deepEqual(shown(first, 3, ["acme", "lagoon"], "dark"), [["acme", ""], ["lagoon", ""], ["acme", "light"]]);
  assert.deepEqual(shown(first, 4, ["acme", "b", "c", "d", "e"]), [["acme", ""], ["b", ""], ["c", ""], ["d", ""]]);
  assert.deepEqual(shown([{ key: 1, brand: "", view: "portal" }], 2, ["acme", "lagoon"]), [["", ""], ["lagoon", ""]].map(([one, two], at) => (at ? [one, two] : [one, undefined])));
  const keys = nextFrames([...first, { key: 7, brand: "lagoon", view: "portal", scheme: "" }], 4, { brands: ["acme", "lagoon"], edited: "acme", scheme: "light" }).map(({ key }) => key);
  assert.deepEqual(keys, [1, 7, 8, 9]);
  assert.deepEqual(shown(first, 1, ["acme", "lagoon"]), [["acme", ""]]);
});

test("many names are the first and a number", () => {
  assert.equal(listed(["A", "B"]), "A, B");
  assert.equal(listed([..."ABCDE"]), "A, B, C, D, E");
  assert.equal(listed([..."ABCDEFG"]), "A, B, C, D, E and 2 more");
});

test("names in a sentence are apart from its words, whatever they have in them", () => {
  const text = `${isolated("\u05d0")} and ${isolated("b\u2069\u2067")} wait`;
  assert.deepEqual(partsOf(text), ["", "\u05d0", " and ", "b", " wait"]);
  assert.equal(heard(text), "\u05d0 and b wait");
  assert.deepEqual(partsOf("no names"), ["no names"]);
});

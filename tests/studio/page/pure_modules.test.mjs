// Laws of the page's modules that need no page: pointers, merges, links.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decided, threeWay } from "../../../themekit/studio/browser/src/merge.js";
import { applied, difference, get, inverse, join, listAround, same, set } from "../../../themekit/studio/browser/src/pointer.js";
import { FORMAT, packed, readLink, unpacked } from "../../../themekit/studio/browser/src/share_code.js";
import { words } from "../../../themekit/studio/browser/src/words.js";

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

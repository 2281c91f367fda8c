// A brand's further files, as the places of one value: what stands in them is edited, merged and undone as all else is.
//
// The value is the brand's own file with one more member, which has the others by path. So a place in a file is a JSON
// Pointer like `/@sources/brands~1acme~1t.json/glow/$value`. What is sent to the server is taken apart again.

import { join, parse } from "./pointer.js";

export const SOURCES = "@sources";

/** The place of something in a further file. */
export const placeIn = (path, pointer = "") => join("", SOURCES, path) + pointer;

/** The file of a place, "" for the brand's own, and the pointer in it. */
export function taken(place) {
  const [first, path] = parse(place);
  if (first !== SOURCES || path === undefined) return { path: "", pointer: place };
  return { path, pointer: place.slice(placeIn(path).length) };
}

/** A place for people. */
export function placeName(place) {
  const { path, pointer } = taken(place);
  return path ? `${path} ${pointer}` : pointer;
}

export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** What a file is instead of an object, for a sentence; "" if it is one. */
export function faultOf({ text, value }) {
  if (isObject(value)) return "";
  if ((value === null || value === undefined) && text?.trim() !== "null") return "is no valid JSON";
  const kind = value === null ? "null" : Array.isArray(value) ? "a list" : { string: "a text", number: "a number", boolean: String(value) }[typeof value];
  return `is ${kind}, where an object is needed`;
}

const wholes = new WeakMap();

/** The value of a brand as it was read, with its further files; null while its own is no JSON object. */
export function wholeOf(read) {
  if (!isObject(read?.value)) return null;
  if (!read.sources?.length) return read.value;
  if (!wholes.has(read)) {
    const values = read.sources.filter(({ value }) => isObject(value)).map(({ path, value }) => [path, value]);
    wholes.set(read, { ...read.value, [SOURCES]: Object.fromEntries(values) });
  }
  return wholes.get(read);
}

/** What was read of a file: the brand itself for "" and its own path; undefined if the brand is not made of it. */
export const fileAt = (read, path) => (path === "" || path === read?.path ? read : read?.sources?.find((one) => one.path === path));

/** What was read, with a file that is another by now. */
export function withFile(read, path, answer) {
  if (path === "") return { ...read, ...answer };
  const { version, text, value, diagnostics = read.diagnostics } = answer;
  return { ...read, diagnostics, sources: read.sources.map((one) => (one.path === path ? { ...one, version, text, value } : one)) };
}

/** What is read now, with what was written to a file as it was in `read`. What was read since then is newer, and stays. */
export function withWritten(now, read, { path, answer }) {
  const isAsRead = now.id === read.id && fileAt(now, path)?.version === fileAt(read, path).version;
  return isAsRead ? withFile(now, path, answer) : now;
}

/** The versions of all files of a brand by path. */
export const versionsOf = (read) => Object.fromEntries([read, ...(read?.sources ?? [])].filter(Boolean).map(({ path, version }) => [path, version]));

/** The paths of files that are others in one reading than in another. */
export function changedPaths(before, after) {
  const [one, other] = [versionsOf(before), versionsOf(after)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((path) => one[path] !== other[path]);
}

/** Edits by file, the brand's own first; they stay the objects that they are. */
export function byFile(edits) {
  const found = new Map();
  for (const edit of edits) {
    const { path } = taken(edit.pointer);
    found.set(path, [...(found.get(path) ?? []), edit]);
  }
  return new Map([...found].sort(([one], [other]) => Number(one !== "") - Number(other !== "")));
}

/** Edits as a file's own: their pointers are those in it. */
export const local = (edits) => edits.map((edit) => ({ ...edit, pointer: taken(edit.pointer).pointer }));

/** What a draft is asked with: the edits of the brand's file, and those of each other file. */
export function draftBody(edits) {
  const files = byFile(edits);
  const own = files.get("");
  files.delete("");
  if (!files.size) return { edits: own ?? [] };
  const sources = Object.fromEntries([...files].map(([path, ones]) => [path, { edits: local(ones) }]));
  return own ? { edits: own, sources } : { sources };
}

/** The other brands that are made of a file, too. */
export const sharersOf = (read, path) => (path === "" ? [] : (fileAt(read, path)?.readers ?? []).filter((id) => id !== read.id));

/** Problems with the places of the form: in whatever file of the brand they are. */
export function located(problems, read) {
  return problems.map((found) => {
    const { pointer, fixPointer, fixPath, ...rest } = found;
    const at = placeFrom(read, found.path, pointer);
    const fixAt = placeFrom(read, fixPath ?? found.path, fixPointer);
    return { ...rest, ...(at === undefined ? {} : { pointer: at }), ...(fixAt === undefined ? {} : { fixPointer: fixAt }) };
  });
}

function placeFrom(read, path, pointer) {
  if (pointer === undefined || path === undefined || path === read.path) return pointer;
  return fileAt(read, path) ? placeIn(path, pointer) : undefined;
}

/** A path that a brand's file names, from the project's root. */
export function resolved(read, name) {
  try {
    return decodeURIComponent(new URL(name, `http://project/${read.path}`).pathname.slice(1));
  } catch {
    return "";
  }
}

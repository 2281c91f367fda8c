// Where tokens are edited: in the file where they stand, or by their names in the brand's own file.

import { get, isWithin, join, parent } from "./pointer.js";
import { fileAt, placeIn, resolved } from "./sources.js";
import { brand, tokens, value } from "./store.js";

/** Where a token of this name stands in a brand's own file. */
export const pointerOf = (name) => join("/tokens", ...name.split("."));

/** The brand's file holds the tokens, or none: an override can be written there. Where it names files, only in these. */
export function isInPlace() {
  const written = get(value.value, "/tokens");
  return written === undefined || (typeof written === "object" && !Array.isArray(written) && typeof written?.resolver !== "string");
}

/** The place of what a token has in a mode, if it is written in a further file of the brand. */
export function placeInFile(token, mode = "light") {
  const at = token.written?.[mode];
  return at && at.path !== brand.value.path && fileAt(brand.value, at.path) ? placeIn(at.path, at.pointer) : null;
}

/** The place of a token as a whole: in its file, else in the brand's own, where it may not be yet. */
export function placeOf(token) {
  const inFile = isInPlace() ? null : placeInFile(token);
  return inFile === null ? pointerOf(token.name) : parent(inFile);
}

/** The token that a place leads into, if any. */
export const tokenAt = (place) => tokens.value.find((token) => isOf(token, place));

/** A place is within a token, or within what it is in a mode, in whatever file that stands. */
export const isOf = (token, place) =>
  isWithin(place, placeOf(token)) || Object.keys(token.written ?? {}).some((mode) => isInFile(token, mode, place));

function isInFile(token, mode, place) {
  const at = placeInFile(token, mode);
  return at !== null && (isWithin(place, at) || (mode !== "light" && place === parent(at)));
}

/** The place for a token that none of the brand's files has: at the end of the last that it names; null if there is none. */
export function placeForNew(name) {
  const written = get(value.value, "/tokens");
  const last = Array.isArray(written) ? written.at(-1) : written;
  const file = typeof last === "string" ? fileAt(brand.value, resolved(brand.value, last)) : undefined;
  return file && file !== brand.value && !file.refusal && file.value !== null ? { path: file.path, place: placeIn(file.path, join("", ...name.split("."))) } : null;
}

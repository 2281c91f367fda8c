// What all components are written with: htm's tagged templates over preact.

import htm from "htm";
import { h } from "preact";
import { partsOf } from "./words.js";

export const html = htm.bind(h);

/** Class names of those that are given. */
export const classes = (...names) => names.filter(Boolean).join(" ");

let last = 0;
/** An id for a label and what it names. */
export const newId = (prefix) => `${prefix}-${++last}`;

/** Sets custom properties through the CSSOM: the page's policy allows no style attributes in markup. */
export function paint(element, properties) {
  if (!element) return;
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) element.style.removeProperty(name);
    else element.style.setProperty(name, value);
  }
}

/** A sentence with `isolated` names. */
export const sentence = (text) => partsOf(text).map((part, at) => (at % 2 ? html`<bdi>${part}</bdi>` : part));

/** A message whose `names` are code, as diagnostics write them. */
export const prose = (text) => text.split("`").map((part, at) => (at % 2 ? html`<code>${part}</code>` : part));

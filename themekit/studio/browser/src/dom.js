// What all components are written with: htm's tagged templates over preact.

import htm from "htm";
import { h } from "preact";

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

/** "legalName" as people read it: "Legal name". */
export function words(key) {
  const spaced = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[-_.]/g, " ").toLowerCase();
  const known = spaced.replace(/\bcolor\b/g, "colour").replace(/\b(url|api|sdk|id)(s?)\b/g, (_, word, plural) => word.toUpperCase() + plural);
  return known.charAt(0).toUpperCase() + known.slice(1);
}

/** A message whose `names` are code, as diagnostics write them. */
export const prose = (text) => text.split("`").map((part, at) => (at % 2 ? html`<code>${part}</code>` : part));

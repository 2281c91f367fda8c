// A small field of a colour, transparent parts over a chequer.

import { useLayoutEffect, useRef } from "preact/hooks";
import { html, paint } from "./dom.js";

export function Swatch({ color, size = "" }) {
  const element = useRef(null);
  useLayoutEffect(() => paint(element.current, { "--swatch": color ?? "transparent" }), [color]);
  return html`<span class=${`swatch ${size}`} ref=${element} aria-hidden="true"></span>`;
}

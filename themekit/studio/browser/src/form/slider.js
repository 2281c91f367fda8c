// A slider. Browsers give no `change` for one that is let go where it was taken, and none for one that is gone from the page
// by then: what it came to would never be written. So whoever takes it is heard of until it is let go, wherever that is.

import { html } from "../dom.js";
import { brandId } from "../store.js";

/** Runs `onLetGo` when the pointer is up. Until then it passes over the frames, which would keep its events for themselves. */
const hold = ({ button, pointerId }, onLetGo) => {
  if (button !== 0) return; // the browser's menu takes the end of it
  const over = new AbortController();
  const end = (event) => {
    if (event.pointerId !== undefined && event.pointerId !== pointerId) return; // another finger's
    over.abort();
    document.body.classList.remove("is-sliding");
    setTimeout(onLetGo); // after the `input` that the same movement may give
  };
  document.body.classList.add("is-sliding");
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, end, { capture: true, signal: over.signal });
  addEventListener("blur", end, { signal: over.signal });
};

/** Each brand has its own element: a drag that began on one brand must not go on in another's file. */
export const Slider = ({ onLetGo, ...rest }) => html`<input type="range" key=${brandId.value} ...${rest} onPointerDown=${(event) => hold(event, onLetGo)} />`;

// What was announced in the last seconds, one below the other: each is read, and none covers another.

import { html, sentence } from "./dom.js";
import { announcements } from "./store.js";

export const Toasts = () => html`
  <div class="toasts" role="status" aria-live="polite" aria-atomic="false">
    ${announcements.value.map(({ key, text }) => html`<p class="toast" key=${key}>${sentence(text)}</p>`)}
  </div>
`;

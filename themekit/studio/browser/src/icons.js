// The Studio's own icons, on a grid of 16, drawn with a line of 1.5.

import { html } from "./dom.js";

const PATHS = {
  undo: "M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7",
  redo: "m10 3 3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9",
  share: "M8 10V2.5M5.2 5 8 2.2 10.8 5M3 9v3.5A1.5 1.5 0 0 0 4.5 14h7a1.5 1.5 0 0 0 1.5-1.5V9",
  download: "M8 2.5V10M5.2 7.5 8 10.3l2.8-2.8M3 11v1.5A1.5 1.5 0 0 0 4.5 14h7a1.5 1.5 0 0 0 1.5-1.5V11",
  plus: "M8 3v10M3 8h10",
  close: "m4 4 8 8M12 4l-8 8",
  down: "m4 6 4 4 4-4",
  right: "m6 4 4 4-4 4",
  up: "m4 10 4-4 4 4",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7",
  moon: "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z",
  contrast: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 0v12",
  contrastDark: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.5v7M5.5 5.5v5M3.5 7v2",
  target: "M3 3l4.2 10 1.5-4.3L13 7.2 3 3Z",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  motion: "M2 5h8M2 8h5M2 11h8M11.5 8a2 2 0 1 0 0-.01",
  rtl: "M13.5 4h-8M13.5 8h-5M13.5 12h-8M4.5 6 2.5 8l2 2",
  link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.6.6M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.6-.6",
  columns: "M2.5 3h11v10h-11zM8 3v10",
  width: "M1.5 4v8M14.5 4v8M4 8h8M5.8 6.2 4 8l1.8 1.8M10.2 6.2 12 8l-1.8 1.8",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3l3.2 3.2",
  warning: "M8 2.2 1.8 13h12.4L8 2.2ZM8 6.5V9M8 11v.2",
  error: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v3.6M8 10.8v.2",
  check: "m3 8.5 3.2 3L13 4.5",
  trash: "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5 5 13.5h6l.5-9M6.8 7v4M9.2 7v4",
  keyboard: "M1.5 4h13v8h-13zM4 6.5h.2M6.6 6.5h.2M9.2 6.5h.2M11.8 6.5h.2M4.5 9.5h7",
  pipette: "m9.5 4 2.5 2.5M8.5 5 11 7.5l-5.5 5.5H3v-2.5L8.5 5ZM10.3 3.2a1.6 1.6 0 0 1 2.5 2.5L11.3 7.2 8.8 4.7z",
  image: "M2.5 3h11v10h-11zM2.5 11l3.2-3.2 2.6 2.6 1.9-1.9 3.3 3.3M10.3 5.6a.7.7 0 1 0 0 .01",
  code: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  external: "M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5",
  pencil: "M3 13l.7-2.9 7-7 2.2 2.2-7 7L3 13ZM9.3 4.5l2.2 2.2",
  reload: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
};

export const Icon = ({ name, size = 16 }) => html`
  <svg class="icon" viewBox="0 0 16 16" width=${size} height=${size} aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>
`;

/** A button that shows an icon and says what it does. */
export const IconButton = ({ icon, label, pressed, hint, ...rest }) => html`
  <button type="button" class="icon-button" aria-label=${label} aria-pressed=${pressed} title=${hint ? `${label} (${hint})` : label} ...${rest}>
    <${Icon} name=${icon} />
  </button>
`;

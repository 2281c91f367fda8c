// Controls that several parts of the page use.

import { useRef, useState } from "preact/hooks";
import { html, newId } from "./dom.js";
import { Icon } from "./icons.js";

/** A choice of a few: radio buttons that look like one. `options` are `{value, label, icon?}`. */
export function Segmented({ label, options, value, onChange, isIconic = false, describedBy, id }) {
  const [name] = useState(() => newId("choice"));
  return html`
    <div class="segmented" role="radiogroup" id=${id} aria-label=${label} aria-describedby=${describedBy}>
      ${options.map(
        (option) => html`
          <label class="segment" title=${isIconic ? option.label : undefined} key=${option.value}>
            <input type="radio" class="unseen" name=${name} value=${option.value} checked=${option.value === value}
              aria-label=${option.label} onChange=${() => onChange(option.value)} />
            <span aria-hidden="true">${option.icon && html`<${Icon} name=${option.icon} />`}${!isIconic && option.label}</span>
          </label>
        `,
      )}
    </div>
  `;
}

/** Tabs after the ARIA pattern: arrow keys move, and show. */
export function Tabs({ label, tabs, value, onChange, panelId }) {
  const list = useRef(null);
  const onKeyDown = (event) => {
    const at = tabs.findIndex((one) => one.value === value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return; // back, in the browser
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length].value;
    onChange(next);
    list.current.querySelector(`[data-tab="${next}"]`).focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} ref=${list} onKeyDown=${onKeyDown}>
      ${tabs.map(
        (one) => html`
          <button type="button" role="tab" class="tab" data-tab=${one.value} id=${`${panelId}-${one.value}`} key=${one.value}
            aria-selected=${one.value === value ? "true" : "false"} aria-controls=${panelId}
            tabindex=${one.value === value ? 0 : -1} onClick=${() => onChange(one.value)}>
            ${one.label}${one.badge ? html`<span class=${`badge ${one.tone ?? ""}`}>${one.badge}</span>` : null}
          </button>
        `,
      )}
    </div>
  `;
}

/** A place to drop a file on, or to choose one with. */
export function DropZone({ label, accept, onFile, children, id, describedBy }) {
  const [isOver, setOver] = useState(false);
  const input = useRef(null);
  const take = (file) => file && onFile(file);
  const onDrop = (event) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const onDragOver = (event) => {
    if (!event.dataTransfer.types.includes("Files")) return; // a text or a link is no file
    event.preventDefault();
    setOver(true);
  };
  const onDragLeave = ({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || setOver(false);
  const onPaste = (event) => take(event.clipboardData?.files[0]);
  return html`
    <label class=${isOver ? "drop is-over" : "drop"} onDragOver=${onDragOver} onDragLeave=${onDragLeave} onDrop=${onDrop} onPaste=${onPaste}>
      <input ref=${input} id=${id} type="file" class="unseen" accept=${accept} aria-label=${label} aria-describedby=${describedBy}
        onChange=${(event) => {
          take(event.target.files[0]);
          event.target.value = "";
        }} />
      ${children}
    </label>
  `;
}

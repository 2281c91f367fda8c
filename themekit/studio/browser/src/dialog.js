// Dialogs: the browser's own, which keeps the focus inside, gives it back, and closes by Escape.

import { useEffect, useRef, useState } from "preact/hooks";
import { html, newId } from "./dom.js";
import { IconButton } from "./icons.js";

export function Dialog({ title, onClose, children, wide = false }) {
  const element = useRef(null);
  const [id] = useState(() => newId("dialog"));
  useEffect(() => {
    const before = document.activeElement;
    element.current.showModal();
    return () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []);
  const onCancel = (event) => {
    event.preventDefault();
    onClose();
  };
  const onPointerDown = (event) => event.target === element.current && onClose();
  return html`
    <dialog ref=${element} class=${wide ? "dialog is-wide" : "dialog"} aria-labelledby=${id} onCancel=${onCancel} onPointerDown=${onPointerDown}>
      <div class="dialog-card">
        <div class="dialog-head">
          <h2 id=${id}>${title}</h2>
          <${IconButton} icon="close" label="Close" onClick=${onClose} />
        </div>
        ${children}
      </div>
    </dialog>
  `;
}

// The dialog of an export, where a brand is made of several files: what each has, and that none has the others in it.

import { Dialog } from "./dialog.js";
import { html, sentence } from "./dom.js";
import { Icon } from "./icons.js";
import { exportFile } from "./share.js";
import { byFile, sharersOf } from "./sources.js";
import { brand, nameOf, pending } from "./store.js";
import { isolated, listed } from "./words.js";

export function ExportDialog({ onClose }) {
  const { path, sources } = brand.value;
  const changes = byFile(pending.value);
  const files = [{ path: "", name: path, says: "the brand itself; it names the other files, and has none of their tokens in it" }, ...sources.map((one) => ({ ...one, name: one.path, says: aboutOf(one) }))];
  return html`
    <${Dialog} title="Export" onClose=${onClose}>
      <p>This brand is made of ${files.length} files. Each is downloaded alone, as it stands on the disk.</p>
      <ul class="exports">
        ${files.map((file) => html`
          <li key=${file.name} class="export">
            <p><code>${file.name}</code><br /><span class="muted">${sentence(file.says)}${changesOf(changes.get(file.path)?.length)}</span></p>
            ${!file.refusal && html`<button type="button" class="button is-small" aria-label=${`Download ${file.name}`} onClick=${() => exportFile(file.path)}><${Icon} name="download" />Download</button>`}
          </li>`)}
      </ul>
    <//>
  `;
}

const changesOf = (count = 0) => (count ? `; with ${count} ${count === 1 ? "change" : "changes"} that ${count === 1 ? "is" : "are"} not saved, and so laid out anew` : "");

function aboutOf(file) {
  if (file.refusal) return file.refusal;
  const sharers = sharersOf(brand.value, file.path).map((id) => isolated(nameOf(id)));
  return sharers.length ? `also of ${listed(sharers)}` : "of this brand alone";
}

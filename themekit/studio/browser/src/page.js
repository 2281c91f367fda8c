// The whole page: bar, side panel, stage; messages across it, and the dialog that is open.

import { Bar } from "./bar.js";
import { CreateDialog } from "./create.js";
import { html } from "./dom.js";
import { ExportDialog } from "./export_dialog.js";
import { KeysDialog } from "./keys.js";
import { MergeDialog } from "./merge_dialog.js";
import { Notices } from "./notices.js";
import { Panel } from "./panel.js";
import { ShareDialog } from "./share_dialog.js";
import { Stage } from "./stage.js";
import { brand, conflict, dialog, failure, project } from "./store.js";
import { Toasts } from "./toasts.js";

const close = () => (dialog.value = "");

export function Page({ openBrand, chooseBrand, refreshProject }) {
  if (failure.value) return html`<${Empty} title="The Studio cannot start" text=${failure.value} />`;
  if (!project.value) return html`<main class="loading"><h1 class="unseen">Studio</h1><p role="status">Opening the project…</p></main>`;
  return html`
    <a class="skip" href="#stage-frames">Skip to the preview</a>
    <${Bar} openBrand=${chooseBrand} />
    <${Notices} openBrand=${chooseBrand} />
    <div class="work">
      ${brand.value ? html`<${Panel} /><${Stage} openBrand=${chooseBrand} />` : html`<${Welcome} />`}
    </div>
    <${Toasts} />
    ${dialog.value === "create" && html`<${CreateDialog} onClose=${close} openBrand=${openBrand} refreshProject=${refreshProject} />`}
    ${dialog.value === "share" && html`<${ShareDialog} onClose=${close} openBrand=${openBrand} />`}
    ${dialog.value === "export" && html`<${ExportDialog} onClose=${close} />`}
    ${dialog.value === "keys" && html`<${KeysDialog} />`}
    ${(dialog.value === "merge" || (conflict.value && !dialog.value)) && conflict.value && html`<${MergeDialog} />`}
  `;
}

const Empty = ({ title, text }) => html`
  <main class="empty"><h1>${title}</h1><p>${text}</p></main>
`;

const Welcome = () => html`
  <main class="empty">
    <h1>No brand yet</h1>
    <p>A brand is a folder with a file brand.json. A name and a colour are enough.</p>
    <button type="button" class="button is-primary" onClick=${() => (dialog.value = "create")}>New brand</button>
  </main>
`;

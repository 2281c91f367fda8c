// The dialog of links: one to send, and one to open.

import { useEffect, useState } from "preact/hooks";
import { Dialog } from "./dialog.js";
import { html } from "./dom.js";
import { Icon } from "./icons.js";
import { shown } from "./merge_dialog.js";
import { linkOf, openSharedLink, shareable } from "./share.js";
import { placeName } from "./sources.js";
import { brand } from "./store.js";
import { listed } from "./words.js";

/** In the dialog: what lies behind it is neither seen nor heard. */
const SAID = { "": "", copied: "Link copied", refused: "The browser does not allow it: the link is selected, to be copied by hand" };

export function ShareDialog({ onClose, openBrand }) {
  const [all] = useState(shareable);
  const [what, setWhat] = useState(all.session.length ? "session" : "look");
  const [note, setNote] = useState("");
  const [link, setLink] = useState("");
  const [outcome, setOutcome] = useState(""); // of copying: "copied" or "refused"
  const isCopied = outcome === "copied";
  const edits = all[what];
  useEffect(() => {
    let isCurrent = true;
    linkOf(edits, note).then((text) => isCurrent && setLink(text));
    setOutcome("");
    return () => (isCurrent = false);
  }, [what, note]);
  const copy = async (event) => {
    const field = event.target.closest("form").querySelector("[name=link]");
    field.select();
    try {
      await navigator.clipboard.writeText(link);
      setOutcome("copied");
    } catch {
      setOutcome(document.execCommand("copy") ? "copied" : "refused"); // where the clipboard is not allowed
    }
  };
  return html`
    <${Dialog} title="Share" onClose=${onClose}>
      <form class="stack" onSubmit=${(event) => event.preventDefault()}>
        <fieldset class="bare">
          <legend class="label">What the link carries</legend>
          <label class="check"><input type="radio" name="what" checked=${what === "session"} disabled=${!all.session.length} onChange=${() => setWhat("session")} />
            ${all.session.length ? `The ${all.session.length} ${all.session.length === 1 ? "change" : "changes"} of this session` : "Nothing was changed in this session"}</label>
          <label class="check"><input type="radio" name="what" checked=${what === "look"} onChange=${() => setWhat("look")} />
            The whole look of <bdi>${brand.value.value?.name ?? brand.value.id}</bdi>: colours, tokens, type, shape</label>
        </fieldset>
        ${what === "session" && html`<ul class="changes">${edits.slice(0, 8).map((edit) => html`<li key=${edit.pointer}><code>${placeName(edit.pointer)}</code> ${edit.remove ? "removed" : shown(edit.value)}</li>`)}${edits.length > 8 && html`<li>and ${edits.length - 8} more</li>`}</ul>`}
        ${what === "look" && brand.value.sources?.length > 0 && html`<p class="muted">Not carried: what stands in ${listed(brand.value.sources.map(({ path }) => path))}. The link names these files as the brand does, and has no copy of them.</p>`}
        <label class="stack-field"><span class="label">Note</span><input type="text" class="input" maxlength="200" value=${note} onInput=${(event) => setNote(event.target.value)} placeholder="What is this about?" /></label>
        <label class="stack-field"><span class="label">Link</span><input type="text" name="link" class="input is-code" readonly value=${link} onFocus=${(event) => event.target.select()} /></label>
        <p class="muted">It opens in any Studio of this project, as a draft that is applied or discarded. Nothing leaves this machine before you send it.</p>
        <div class="dialog-foot"><span class=${isCopied ? "unseen" : ""} role="status">${SAID[outcome]}</span><button type="button" class="button is-primary" onClick=${copy}><${Icon} name=${isCopied ? "check" : "link"} />${isCopied ? "Copied" : "Copy the link"}</button></div>
      </form>
      <hr />
      <${OpenLink} onClose=${onClose} openBrand=${openBrand} />
    <//>
  `;
}

function OpenLink({ onClose, openBrand }) {
  const [text, setText] = useState("");
  const [error, setError] = useState("");
  const open = async (event) => {
    event.preventDefault();
    try {
      await openSharedLink(text, openBrand);
      onClose();
    } catch (refusal) {
      setError(refusal.message);
    }
  };
  return html`
    <form class="stack" onSubmit=${open}>
      <label class="stack-field"><span class="label">Open a link that somebody sent</span>
        <input type="text" class="input is-code" value=${text} onInput=${(event) => setText(event.target.value)} aria-invalid=${error ? "true" : undefined} aria-describedby="open-link-error" placeholder="http://127.0.0.1:…/#share=…" /></label>
      <p id="open-link-error" class=${error ? "inline-problem is-error" : ""} role="alert">${error}</p>
      <div class="dialog-foot"><button type="submit" class="button" disabled=${!text.trim()}>Open as a draft</button></div>
    </form>
  `;
}

// The source tab: the file's text in an editor that is loaded when it is asked for, with the diagnostics at their places.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { requestDraft, dropDraft } from "./drafts.js";
import { Dialog } from "./dialog.js";
import { html, prose } from "./dom.js";
import { commit, writeText } from "./editing.js";
import { SAVE_EVENT } from "./keys.js";
import { brand, diagnostics, isConnected, jump, pending, saving } from "./store.js";

const AFTER_TYPING_MS = 250;
const kept = new Map(); // by brand: a text that is not saved, with the version it was begun on

export function SourcePanel() {
  const host = useRef(null);
  const editor = useRef(null);
  const [isDirty, setDirty] = useState(false);
  const [merge, setMerge] = useState(null);
  const [failure, setFailure] = useState("");
  const [found, setFound] = useState(null); // what is wrong with the text as it is typed; null: nothing is typed
  const timer = useRef(0);
  const { id } = brand.value;

  const diagnose = (list) => {
    setFound(list);
    editor.current.diagnose(list);
  };
  const check = async (text) => {
    const { path } = brand.value;
    const answer = await api.checkText(text, path).catch(() => null);
    if (answer && editor.current?.text() === text) {
      diagnose(answer.diagnostics.filter((one) => one.path === path));
      if (!answer.diagnostics.some((one) => one.severity === "error")) requestDraft({ text });
    }
  };
  const onChange = (text) => {
    const isSame = text === brand.value.text;
    setDirty(!isSame);
    if (isSame) setFound(null);
    if (isSame) kept.delete(id);
    else kept.set(id, { text, base: kept.get(id)?.base ?? brand.value.text });
    clearTimeout(timer.current);
    if (!isSame) timer.current = setTimeout(check, AFTER_TYPING_MS, text);
  };
  const save = async () => {
    if (pending.value.length) await commit();
    const text = editor.current.text();
    if (text === brand.value.text) return;
    const { base } = kept.get(id);
    if (base !== brand.value.text) return meetText(base, text, brand.value);
    const answer = await writeText(text);
    if (answer.theirs) await meetText(base, text, answer.theirs);
    else if (answer.isWritten) settle();
    else diagnose(answer.diagnostics);
  };
  /** The file is another than the one this text was begun on: what only one side changed is joined, the rest is shown. */
  const meetText = async (base, mine, theirs) => {
    brand.value = { ...brand.value, ...theirs };
    const joined = await api.mergeTexts(base, mine, theirs.text).catch(() => null);
    saving.value = "conflict";
    if (joined && !joined.conflicts.length) {
      kept.set(id, { text: joined.text, base: theirs.text });
      editor.current.replace(joined.text);
      return save();
    }
    setMerge({ mine, theirs: theirs.text, joined });
  };
  const settle = () => {
    kept.delete(id);
    setDirty(false);
    setFound(null);
    setMerge(null);
  };
  const choose = (text) => {
    kept.set(id, { text, base: brand.value.text });
    editor.current.replace(text);
    setMerge(null);
    if (text === brand.value.text) settle();
    saving.value = "";
  };
  const revert = () => {
    editor.current.replace(brand.value.text);
    settle();
    dropDraft();
  };

  useEffect(() => {
    let isGone = false;
    import("./source.js")
      .then(({ openEditor }) => {
        if (isGone) return;
        const own = kept.get(id);
        editor.current = openEditor(host.current, { text: own?.text ?? brand.value.text, onChange, label: `Source of ${brand.value.path}` });
        editor.current.diagnose(diagnostics.value.filter((one) => one.path === brand.value.path));
        setDirty(Boolean(own));
        goTo();
      })
      .catch((error) => setFailure(error.message));
    return () => {
      isGone = true;
      clearTimeout(timer.current);
      editor.current?.close();
      editor.current = null;
    };
  }, [id]);

  const goTo = () => {
    if (!editor.current || !jump.value?.line) return;
    editor.current.goTo(jump.value.line, jump.value.column ?? 1);
    jump.value = null;
  };
  useSignalEffect(() => {
    const { text } = brand.value;
    if (editor.current && !kept.has(id) && editor.current.text() !== text) editor.current.replace(text);
    if (editor.current && !kept.has(id)) editor.current.diagnose(diagnostics.value.filter((one) => one.path === brand.value.path));
  });
  useSignalEffect(() => {
    if (jump.value) goTo();
  });
  useEffect(() => {
    const onSave = (event) => {
      event.preventDefault();
      save();
    };
    addEventListener(SAVE_EVENT, onSave);
    return () => removeEventListener(SAVE_EVENT, onSave);
  });

  return html`
    <div class="source">
      <div class="source-bar">
        <code class="source-path">${brand.value.path}</code>
        <span class="muted">${isDirty ? "not saved" : ""}</span>
        <button type="button" class="button is-small" disabled=${!isDirty} onClick=${revert}>Revert</button>
        <button type="button" class="button is-small is-primary" disabled=${!isDirty || !isConnected.value} onClick=${save}>Save</button>
      </div>
      ${failure && html`<p class="inline-problem is-error">${failure}</p>`}
      <div class="source-editor" ref=${host}></div>
      <${SourceProblems} list=${found ?? diagnostics.value} />
    </div>
    ${merge && html`<${TextMerge} merge=${merge} onChoose=${choose} onClose=${() => setMerge(null)} />`}
  `;
}

/** The same as the marks in the text, for who does not see them. */
const SourceProblems = ({ list }) => html`
  <ul class="source-problems" aria-label="Diagnostics" aria-live="polite">
    ${list.slice(0, 20).map((one) => html`
      <li key=${one.code + one.line + one.message} class=${`inline-problem is-${one.severity}`}>
        <button type="button" class="link" onClick=${() => (jump.value = { line: one.line, column: one.column })}>${one.line}:${one.column}</button>
        <span>${one.severity}[${one.code}]: ${prose(one.message)}${one.hint ? [" – ", prose(one.hint)] : ""}</span>
      </li>`)}
  </ul>
`;

const TextMerge = ({ merge, onChoose, onClose }) => html`
  <${Dialog} title="The file was changed elsewhere" onClose=${onClose} wide>
    <p>${merge.joined ? `In ${merge.joined.conflicts.length === 1 ? "one place" : `${merge.joined.conflicts.length} places`} both texts differ: ${merge.joined.conflicts.map(({ pointer }) => pointer).join(", ")}.` : "The two texts cannot be joined."} Choose a text to go on with; nothing is written before you save.</p>
    <div class="texts">
      <section><h3>Yours</h3><pre tabindex="0" aria-label="Your text">${merge.mine}</pre><button type="button" class="button" onClick=${() => onChoose(merge.mine)}>Go on with yours</button></section>
      <section><h3>In the file</h3><pre tabindex="0" aria-label="The file's text">${merge.theirs}</pre><button type="button" class="button" onClick=${() => onChoose(merge.theirs)}>Go on with the file's</button></section>
    </div>
    ${merge.joined && html`<div class="dialog-foot"><button type="button" class="button is-primary" onClick=${() => onChoose(merge.joined.text)}>Go on with both, the file's where they differ</button></div>`}
  <//>
`;

// The source tab: the file's text in an editor that is loaded when it is asked for, with the diagnostics at their places.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { requestDraft, dropDraft } from "./drafts.js";
import { Dialog } from "./dialog.js";
import { html, prose, sentence } from "./dom.js";
import { commit, writeText } from "./editing.js";
import { SAVE_EVENT } from "./keys.js";
import { fileAt, sharersOf, withFile } from "./sources.js";
import { brand, diagnostics, isConnected, jump, nameOf, pending, saving, sourcePath } from "./store.js";
import { isolated, listed } from "./words.js";

const AFTER_TYPING_MS = 250;
const kept = new Map(); // by brand and file: a text that is not saved, with the one it was begun on

const keyOf = (id, path) => `${id} ${path}`;

/** Whether a text would be lost with the page. */
export const hasUnsavedText = () => kept.size > 0;

/** One of the brand's files; its own, if the one that was chosen is none of them any more. */
export function SourcePanel() {
  const path = fileAt(brand.value, sourcePath.value) ? sourcePath.value : "";
  const key = keyOf(brand.value.id, path);
  const refusal = path && fileAt(brand.value, path).refusal;
  if (!refusal) return html`<${SourceOf} key=${key} path=${path} />`;
  return html`<div class="source"><div class="source-bar"><${FileChoice} path=${path} /></div><p class="blank">${path} is not edited here: ${refusal}.</p></div>`;
}

/** Which file is shown: all have their mistakes counted. */
function FileChoice({ path }) {
  const { path: own, sources = [] } = brand.value;
  if (!sources.length) return html`<code class="source-path">${own}</code>`;
  const option = (value, name) => {
    const count = diagnostics.value.filter((one) => one.path === name).length;
    const about = [count ? `${count} ${count === 1 ? "problem" : "problems"}` : "", kept.has(keyOf(brand.value.id, value)) ? "not saved" : ""].filter(Boolean);
    return html`<option key=${value} value=${value} selected=${value === path}>${name}${about.length ? ` (${about.join(", ")})` : ""}</option>`;
  };
  return html`
    <select class="input is-code source-path" aria-label="File" onChange=${(event) => (sourcePath.value = event.target.value)}>
      ${option("", own)}
      ${sources.map((one) => option(one.path, one.path))}
    </select>
  `;
}


function SourceOf({ path }) {
  const host = useRef(null);
  const editor = useRef(null);
  const [isDirty, setDirty] = useState(false);
  const [merge, setMerge] = useState(null);
  const [failure, setFailure] = useState("");
  const [found, setFound] = useState(null); // what is wrong with the text as it is typed; null: nothing is typed
  const timer = useRef(0);
  const isSaving = useRef(false);
  const id = keyOf(brand.value.id, path);
  const fileNow = () => fileAt(brand.value, path) ?? { path, text: "" }; // gone: the panel shows another in a moment
  const name = fileNow().path;
  const ofFile = () => diagnostics.value.filter((one) => one.path === name);

  const diagnose = (list) => {
    setFound(list);
    editor.current.diagnose(list);
  };
  const check = async (text) => {
    const answer = await api.checkText(text, name, brand.value.id).catch(() => null);
    if (answer && editor.current?.text() === text) {
      diagnose(answer.diagnostics.filter((one) => one.path === name));
      const change = path === "" ? { text } : { sources: { [path]: { text } } };
      if (!answer.diagnostics.some((one) => one.severity === "error")) requestDraft(change);
    }
  };
  const onChange = (text) => {
    const isSame = text === fileNow().text;
    setDirty(!isSame);
    if (isSame) setFound(null);
    if (isSame) kept.delete(id);
    else kept.set(id, { text, base: kept.get(id)?.base ?? fileNow().text });
    clearTimeout(timer.current);
    if (!isSame) timer.current = setTimeout(check, AFTER_TYPING_MS, text);
  };
  /** Once, however long the keys are held; and not before the editor is there, or after it has gone. */
  const save = async () => {
    if (isSaving.current || !editor.current) return;
    isSaving.current = true;
    try {
      if (pending.value.length) await commit();
      if (editor.current) await saveText(editor.current.text());
    } finally {
      isSaving.current = false;
    }
  };
  const saveText = async (text) => {
    if (text === fileNow().text) return settle();
    const { base } = kept.get(id);
    if (base !== fileNow().text) return meetText(base, text, fileNow());
    const answer = await writeText(text, path);
    if (answer.isWritten) return settle(text);
    if (!editor.current) return undefined; // another tab was opened meanwhile: the text is kept
    if (answer.theirs) return meetText(base, text, answer.theirs);
    return diagnose(answer.diagnostics);
  };
  /** The file is another than the one this text was begun on: what only one side changed is joined, the rest is shown. */
  const meetText = async (base, mine, theirs) => {
    if (theirs !== fileNow()) brand.value = withFile(brand.value, path, theirs);
    const joined = await api.mergeTexts(base, mine, theirs.text).catch(() => null);
    saving.value = "conflict";
    if (joined && !joined.conflicts.length) {
      kept.set(id, { text: joined.text, base: theirs.text });
      editor.current?.replace(joined.text);
      return saveText(joined.text);
    }
    return setMerge({ mine, theirs: theirs.text, joined });
  };
  /** What is in the file now is what was typed; what was typed since it was sent is not. */
  const settle = (sent) => {
    const typed = editor.current?.text();
    if (sent !== undefined && typed !== undefined && typed !== sent) {
      kept.set(id, { text: typed, base: sent });
      return;
    }
    kept.delete(id);
    const { text } = fileNow();
    if (typed !== undefined && typed !== text) editor.current.replace(text); // somebody has changed it since it was written
    if (saving.value === "conflict") saving.value = "";
    setDirty(false);
    setFound(null);
    setMerge(null);
  };
  const choose = (text) => {
    kept.set(id, { text, base: fileNow().text });
    editor.current.replace(text);
    setMerge(null);
    if (text === fileNow().text) settle();
    saving.value = "";
  };
  const revert = () => {
    editor.current.replace(fileNow().text);
    settle();
    dropDraft();
  };

  useEffect(() => {
    let isGone = false;
    import("./source.js")
      .then(({ openEditor }) => {
        if (isGone) return;
        const own = kept.get(id);
        editor.current = openEditor(host.current, { text: own?.text ?? fileNow().text, onChange, label: `Source of ${name}` });
        editor.current.diagnose(ofFile());
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
    const { text } = fileNow();
    if (editor.current && !kept.has(id) && editor.current.text() !== text) editor.current.replace(text);
    if (editor.current && !kept.has(id)) editor.current.diagnose(ofFile());
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
        <${FileChoice} path=${path} />
        <span class="muted">${isDirty ? "not saved" : ""}</span>
        <button type="button" class="button is-small" disabled=${!isDirty} onClick=${revert}>Revert</button>
        <button type="button" class="button is-small is-primary" disabled=${!isDirty || !isConnected.value} onClick=${save}>Save</button>
      </div>
      ${sharersOf(brand.value, path).length > 0 && html`<p class="source-note">Saving also changes ${sentence(listed(sharersOf(brand.value, path).map((one) => isolated(nameOf(one)))))}.</p>`}
      ${failure && html`<p class="inline-problem is-error">${failure}</p>`}
      <div class="source-editor" ref=${host}></div>
      <${SourceProblems} list=${found ?? ofFile()} />
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

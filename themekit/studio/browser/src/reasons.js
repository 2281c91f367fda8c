// Why tokens are what they are: the sentences of `themekit explain --token`, asked for when somebody looks.

import { useEffect, useState } from "preact/hooks";
import * as api from "./api.js";
import { html, prose } from "./dom.js";
import { versionsOf } from "./sources.js";
import { brand } from "./store.js";
import { words } from "./words.js";

/** `{token: {mode: {text, isWritten}}}` of a brand's tokens; empty until it is known, and again after each save. */
export function useReasons(id, names) {
  const [known, setKnown] = useState({});
  const asked = names.join(" ");
  const version = id === brand.value.id ? JSON.stringify(versionsOf(brand.value)) : "";
  useEffect(() => {
    let isOver = false;
    setKnown({});
    if (asked) api.readReasons(id, asked.split(" ")).then((answer) => !isOver && setKnown(answer.reasons), () => {});
    return () => {
      isOver = true;
    };
  }, [id, asked, version]);
  return known;
}

/** What is written in a file has its place beside it, and needs no reason. */
export const Reason = ({ reason }) => (reason && !reason.isWritten ? html`<p class="reason">${prose(reason.text)}</p>` : null);

/** One token in all modes; those with the same reason are one line. */
export function ReasonsByMode({ id, name }) {
  const byMode = Object.entries(useReasons(id, [name])[name] ?? {});
  const modes = new Map();
  for (const [mode, { text, isWritten }] of byMode) if (!isWritten) modes.set(text, [...(modes.get(text) ?? []), mode]);
  if (!modes.size) return null;
  return html`
    <dl class="reasons" aria-label=${`Why ${name} is what it is`}>
      ${[...modes].map(([text, ones]) => html`
        <div key=${text}><dt>${ones.length === byMode.length ? "Why" : ones.map(words).join(", ")}</dt><dd>${prose(text)}</dd></div>`)}
    </dl>
  `;
}

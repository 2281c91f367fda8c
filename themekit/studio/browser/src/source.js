// The editor, a chunk of its own. It lives in a shadow tree: there its styles are constructed sheets, which the page's policy allows.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Colours are custom properties of the page, which reach into shadow trees.
const highlight = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--muted)" },
]);
const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "0.78125rem", backgroundColor: "var(--panel)", color: "var(--text)" },
  "&.cm-focused": { outline: "none" }, // the gutters would lie over it: the place around the editor has the ring
  ".cm-scroller": { fontFamily: "var(--mono)", fontVariantLigatures: "none", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--selection)" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--text)", border: "1px solid var(--line)", borderRadius: "6px" },
  ".cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
});

/** `{text, replace, diagnose, goTo, close}` of an editor in an element. Tab leaves it; Escape is not needed. */
export function openEditor(host, { text, onChange, label }) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const place = document.createElement("div");
  place.className = "place";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".place { height: 100% }");
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  root.replaceChildren(place);
  let isQuiet = false;
  const view = new EditorView({
    parent: place,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        indentOnInput(),
        bracketMatching(),
        json(),
        syntaxHighlighting(highlight),
        theme,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && !isQuiet && onChange(update.state.doc.toString())),
        keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
      ],
    }),
  });
  const offset = (line, column) => {
    const { doc } = view.state;
    const found = doc.line(Math.min(Math.max(1, line), doc.lines));
    return Math.min(found.from + utf16(found.text, column - 1), found.to);
  };
  return {
    text: () => view.state.doc.toString(),
    /** Another text, of which only the part that differs is replaced: cursor and folds stay. */
    replace(next) {
      const now = view.state.doc.toString();
      let from = 0;
      while (from < Math.min(now.length, next.length) && now[from] === next[from]) from += 1;
      let end = 0;
      while (end < Math.min(now.length, next.length) - from && now.at(-1 - end) === next.at(-1 - end)) end += 1;
      isQuiet = true;
      view.dispatch({ changes: { from, to: now.length - end, insert: next.slice(from, next.length - end) } });
      isQuiet = false;
    },
    diagnose(found) {
      const marks = found.map((one) => {
        const from = offset(one.line, one.column);
        const to = Math.min(offset(one.line, one.column + Math.max(1, one.length ?? 1)), view.state.doc.length);
        return { from, to: Math.max(from, to), severity: one.severity === "error" ? "error" : "warning", message: `${one.code}: ${one.message}${one.hint ? `\n${one.hint}` : ""}` };
      });
      view.dispatch(setDiagnostics(view.state, marks));
    },
    goTo(line, column) {
      view.dispatch({ selection: { anchor: offset(line, column) }, effects: EditorView.scrollIntoView(offset(line, column), { y: "center" }) });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

/** Diagnostics count characters; the editor counts UTF-16 units. */
const utf16 = (text, characters) => Array.from(text).slice(0, characters).join("").length;

// What is wrong, over the page that is still good. In a shadow tree, so that no style of a page reaches it.

const HIDDEN = "themekit-problems-hidden"; // which problems the reader has put away, for this tab

/** Browsers that keep no data of sites refuse their storage: then it is known as long as the page is there. */
const store = (() => {
  try {
    return sessionStorage;
  } catch {
    const kept = new Map();
    return { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name) };
  }
})();

let host = null;
let shown = [];
let calm = "";

/** Show the errors among these; none takes the panel away. `isGood`: there is a page below, the last without mistakes. */
export function showProblems(diagnostics, sheet, isGood) {
  calm = isGood ? "The page shows the last state without mistakes." : "The page comes when they are mended.";
  shown = diagnostics.filter(({ severity }) => severity === "error");
  if (!shown.length) {
    store.removeItem(HIDDEN);
    host?.remove();
    host = null;
    return;
  }
  if (!host) {
    host = document.createElement("themekit-problems");
    host.attachShadow({ mode: "open" }).append(styled(sheet));
    host.shadowRoot.addEventListener("keydown", onEscape);
  }
  if (!host.isConnected) document.documentElement.append(host);
  draw();
}

const isPutAway = () => store.getItem(HIDDEN) === fingerprint();

/** Once: the key is for these problems then, and for nothing behind them. */
function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || isPutAway()) return;
  event.preventDefault();
  hide();
}

addEventListener("keydown", (event) => {
  const isTyping = event.target.matches?.("input, textarea, select, [contenteditable]");
  if (host && !isTyping) onEscape(event);
});

const fingerprint = () => JSON.stringify(shown.map(({ path, line, column, message }) => [path, line, column, message]));

function hide() {
  store.setItem(HIDDEN, fingerprint());
  const hadFocus = host.shadowRoot.activeElement !== null;
  draw();
  if (hadFocus) host.shadowRoot.querySelector("button")?.focus();
}

function unhide() {
  store.removeItem(HIDDEN);
  draw();
  host.shadowRoot.querySelector("button")?.focus();
}

function draw() {
  const [sheet] = host.shadowRoot.children;
  host.shadowRoot.replaceChildren(sheet, isPutAway() ? pill() : panel());
}

const counted = () => `${shown.length} ${shown.length === 1 ? "mistake" : "mistakes"}`;

function pill() {
  return node("button", { className: "pill", type: "button", onclick: unhide, textContent: `Show ${counted()}` });
}

function panel() {
  const close = node("button", { className: "close", type: "button", onclick: hide, textContent: "Hide" });
  close.title = "Hide (Esc)";
  const title = node("h2", { id: "title", textContent: counted() });
  const text = node("p", { className: "calm", textContent: calm });
  const said = node("div", {}, [title, text]);
  said.setAttribute("role", "alert");
  const head = node("div", { className: "head" }, [said, close]);
  const list = node("ol", { tabIndex: 0 }, shown.map(item));
  list.setAttribute("aria-label", "Mistakes");
  const found = node("section", { className: "panel" }, [head, list]);
  found.setAttribute("role", "dialog");
  found.setAttribute("aria-labelledby", "title");
  return found;
}

function item(problem) {
  const place = problem.path ? [problem.path, problem.line, problem.column].filter((part) => part).join(":") : "";
  const parts = [
    node("p", { className: "place", textContent: place }),
    node("p", { className: "message" }, [ticked(problem.message), node("code", { className: "code", textContent: problem.code })]),
  ];
  if (problem.excerpt) parts.push(excerpt(problem));
  for (const note of problem.notes ?? []) {
    const at = note.path && note.line ? ` (${note.path}:${note.line}:${note.column})` : "";
    parts.push(node("p", { className: "note" }, [node("b", { textContent: "note: " }), ticked(note.message + at)]));
  }
  if (problem.hint) parts.push(node("p", { className: "hint" }, [node("b", { textContent: "hint: " }), ticked(problem.hint)]));
  return node("li", {}, parts);
}

/** The line, and a caret under each character of the place. */
function excerpt({ excerpt: text, line, column, length, excerptColumn }) {
  const start = column - (excerptColumn ?? 1);
  const number = String(line);
  const caret = " ".repeat(Math.max(0, start)) + "^".repeat(Math.max(1, Math.min(length ?? 1, [...text].length - start)));
  return node("pre", { tabIndex: 0 }, [
    node("span", { className: "number", textContent: `${number} │ ` }),
    text,
    "\n",
    node("span", { className: "number", textContent: `${" ".repeat(number.length)} │ ` }),
    node("span", { className: "caret", textContent: caret }),
  ]);
}

/** Text with what stands in backticks as code. */
function ticked(text) {
  const parts = text.split("`").map((part, index) => (index % 2 ? node("code", { textContent: part }) : part));
  return node("span", {}, parts);
}

function styled(href) {
  return node("link", { rel: "stylesheet", href });
}

function node(name, members, children = []) {
  const made = Object.assign(document.createElement(name), members);
  made.append(...children);
  return made;
}

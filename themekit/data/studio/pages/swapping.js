// A page's new content in place of the old, with what the reader did to it: scroll, open tabs and details, ticked boxes,
// open parts of the navigation. The header stays, and with it the search.

const REGIONS = [
  "[data-md-component=announce]",
  "[data-md-component=tabs]",
  ".md-sidebar--primary .md-sidebar__inner",
  ".md-sidebar--secondary .md-sidebar__inner",
  ".md-content",
  ".md-footer",
];
const SCROLLED = ".md-sidebar__scrollwrap";

/** Ask for the page; if it is another, show it. The version that is shown then; null if the page must be loaded anew. */
export async function swapPage(version) {
  const headers = { "If-None-Match": `"${version}"`, "X-Themekit-Wait": "1" }; // however long it takes
  const answer = await fetch(location.href, { headers, cache: "no-store" });
  if (answer.status === 304) return version;
  if (answer.status !== 200) return version; // it is gone, or wrong: what is shown is the last that was good
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
  return show(fresh) ? now : null;
}

/** Whether the parts could be exchanged one by one. */
function show(fresh) {
  const root = document.documentElement;
  const isSame = root.lang === fresh.documentElement.lang && document.body.dir === fresh.body.dir;
  const pairs = REGIONS.map((selector) => [document.querySelector(selector), fresh.querySelector(selector)]);
  if (!isSame || !pairs.some(([old]) => old) || pairs.some(([old, other]) => !old !== !other)) return false;
  const kept = stateOf();
  for (const [old, other] of pairs) {
    if (old) old.replaceWith(document.adoptNode(other));
  }
  showHead(fresh);
  restart(document.querySelector(".md-content"));
  restore(kept);
  window.document$?.next(document); // Material looks after what is new: copy buttons, tabs, annotations
  restore(kept);
  requestAnimationFrame(() => restore(kept));
  return true;
}

function stateOf() {
  return {
    scroll: [scrollX, scrollY],
    checked: new Map([...document.querySelectorAll("input[id]:is([type=radio], [type=checkbox])")].map((input) => [input.id, input.checked])),
    details: [...document.querySelectorAll(".md-content details")].map((details) => [summaryOf(details), details.open]),
    boxes: [...document.querySelectorAll(SCROLLED)].map((box) => box.scrollTop),
  };
}

function restore({ scroll, checked, details, boxes }) {
  for (const [id, wasChecked] of checked) {
    const input = document.getElementById(id);
    if (input && input.checked !== wasChecked) input.checked = wasChecked;
  }
  const known = new Map(details);
  for (const one of document.querySelectorAll(".md-content details")) one.open = known.get(summaryOf(one)) ?? one.open;
  for (const [index, box] of document.querySelectorAll(SCROLLED).entries()) box.scrollTop = boxes[index] ?? 0;
  if (scrollX !== scroll[0] || scrollY !== scroll[1]) scrollTo({ left: scroll[0], top: scroll[1], behavior: "instant" });
}

const summaryOf = (details) => details.querySelector("summary")?.textContent ?? "";

function showHead(fresh) {
  document.title = fresh.title;
  for (const selector of ["meta[name]", "meta[property]", "link[rel=canonical]"]) {
    for (const other of fresh.querySelectorAll(`head ${selector}`)) {
      const name = other.getAttribute("name") ?? other.getAttribute("property");
      const key = name ? `[${other.hasAttribute("name") ? "name" : "property"}="${CSS.escape(name)}"]` : "link[rel=canonical]";
      const old = document.head.querySelector(key);
      if (old && !old.isEqualNode(other)) old.replaceWith(document.adoptNode(other));
    }
  }
  const topics = fresh.querySelectorAll(".md-header__topic");
  for (const [index, topic] of document.querySelectorAll(".md-header__topic").entries()) {
    if (topics[index]) topic.replaceChildren(...topics[index].childNodes);
  }
  for (const logo of document.querySelectorAll("a.md-logo")) {
    const other = fresh.querySelector("a.md-logo");
    if (!other) continue;
    logo.title = other.title;
    logo.ariaLabel = other.ariaLabel;
  }
}

/** Scripts that a parser has put somewhere else do not run by themselves. */
function restart(part) {
  for (const script of part?.querySelectorAll("script") ?? []) {
    const fresh = document.createElement("script");
    for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
    fresh.textContent = script.textContent;
    script.replaceWith(fresh);
  }
}

// Who uses the keyboard keeps their place: when what has the focus goes away or is switched off, something near it gets it.

const FIRST = ["input, select, textarea", "button, a[href], [tabindex='0']"];

const AFTER_A_NOTICE = ".panel [role=tab][aria-selected=true]"; // a bar that goes leaves nothing around it

let path = []; // what has the focus, and around it
let isLooking = false;

/** Not the whole page: where all of it is another, as after a login, its beginning is where to start. */
const ancestors = (element) => (element && element !== document.body && element.id !== "studio" ? [element, ...ancestors(element.parentElement)] : []);
const isUsable = (element) => element.isConnected && !element.matches(":disabled");
const isRadioOut = (element) => element.type === "radio" && !element.checked;

/** The first control within, those that hold values before buttons. */
function within(element) {
  for (const selector of FIRST) {
    const found = [...element.querySelectorAll(selector)].find((one) => isUsable(one) && !isRadioOut(one) && one.tabIndex >= 0 && one.checkVisibility());
    if (found) return found;
  }
  return element.tabIndex === -1 && element.hasAttribute("tabindex") ? element : null;
}

function look() {
  isLooking = false;
  const [last, ...around] = path;
  const isElsewhere = document.activeElement && ![document.body, last].includes(document.activeElement);
  if (!last || isUsable(last) || isElsewhere) return;
  for (const one of around) {
    const next = one.isConnected && one.checkVisibility() ? within(one) : null;
    if (next) return next.focus({ preventScroll: true });
  }
  if (around.at(-1)?.matches(".notice")) document.querySelector(AFTER_A_NOTICE)?.focus({ preventScroll: true });
}

/** Two frames: where the focus is to be is known best by what took it away. */
function lookSoon() {
  if (isLooking) return;
  isLooking = true;
  requestAnimationFrame(() => requestAnimationFrame(look));
}

export function startFocus() {
  addEventListener("focusin", ({ target }) => (path = ancestors(target)));
  addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget) queueMicrotask(() => isUsable(target) && path[0] === target && (path = [])); // left by whoever uses it
  });
  new MutationObserver(lookSoon).observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
}

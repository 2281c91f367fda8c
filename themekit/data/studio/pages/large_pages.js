// A page of many thousand elements is painted anew in parts: what is not in sight is styled when it comes into sight.
// The parts are runs of what stands side by side in the article, each in a box of its own with `content-visibility`. A box
// keeps the margins of what is in it to itself, so where that would move anything, the box is moved back. Long lists
// beside the article have their boxes: an entry's margins are its link's, and stay inside.

const MANY = 4000; // elements; below that all of a page is styled within a frame
const RUN = 200; // elements in a part, more or less
const ENTRIES = 40; // in a list of the navigation or the table of contents, more than are in sight
const ARTICLE = ".md-content__inner";
const LISTS = ".md-sidebar .md-nav__list";

export function divide() {
  const article = document.querySelector(ARTICLE);
  if (!article || article.getElementsByTagName("*").length < MANY) return;
  const parts = runsOf(article);
  const tops = parts.map(([first]) => first.getBoundingClientRect().top);
  const boxes = parts.map((run) => {
    const box = document.createElement("div");
    box.dataset.themekitPart = "";
    box.style.display = "flow-root"; // as `content-visibility` will make it
    run[0].before(box);
    box.append(...run);
    return box;
  });
  for (const [index, [first]] of parts.entries()) {
    const off = tops[index] - first.getBoundingClientRect().top;
    if (Math.abs(off) > 0.01) boxes[index].style.marginBlockStart = `${off}px`;
  }
  for (const list of document.querySelectorAll(LISTS)) if (list.children.length >= ENTRIES) boxes.push(...list.children);
  skipUnseen(boxes);
}

/** Boxes are styled when they come into sight, and are as high as they are until then. */
function skipUnseen(boxes) {
  const heights = boxes.map((box) => box.getBoundingClientRect().height);
  for (const [index, { style }] of boxes.entries()) {
    style.containIntrinsicBlockSize = `auto ${heights[index]}px`;
    style.overflowClipMargin = "4px"; // the ring of what has the focus in it
    style.contentVisibility = "auto";
  }
}

/** What follows the article's first heading, in runs that begin with a heading where they can. */
function runsOf(article) {
  const runs = [];
  let run = [];
  let size = 0;
  for (const child of article.querySelectorAll(":scope > h1 ~ *")) {
    const isStart = /^H[2-6]$/.test(child.tagName);
    if (run.length && size >= RUN && (isStart || size >= 2 * RUN)) {
      runs.push(run);
      run = [];
      size = 0;
    }
    run.push(child);
    size += 1 + child.getElementsByTagName("*").length;
  }
  return run.length ? [...runs, run] : runs;
}

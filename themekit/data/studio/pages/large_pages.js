// A page of many thousand elements is painted anew in parts: what is not in sight is styled when it comes into sight.
// The parts are runs of what stands side by side in the article, each in a box of its own with `content-visibility`. A box
// keeps the margins of what is in it to itself, so where that would move anything, the box is moved back. Long lists
// beside the article are parted, too; in the navigation an entry is its own box, as sheets ask for entries of a list: an
// entry's margins are its link's, and stay inside.

const MANY = 4000; // elements; below that all of a page is styled within a frame
const RUN = 100; // elements in a part, more or less
const PARTS = 10; // in a part of parts: a box is styled even while what is in it is not
const ENTRIES = 40; // in a list of the navigation or the table of contents, more than are in sight
const CONTENTS_RUN = 12; // entries of a table of contents
const ARTICLE = ".md-content__inner";
const LISTS = ".md-sidebar--primary .md-nav__list";
const CONTENTS = ".md-sidebar--secondary .md-nav__list";

export function divide() {
  const article = document.querySelector(ARTICLE);
  if (!article || article.getElementsByTagName("*").length < MANY) return;
  const boxes = boxed(runsOf(article));
  if (boxes.length > PARTS) boxes.push(...boxed(sliced(boxes, PARTS)));
  for (const list of document.querySelectorAll(LISTS)) if (list.children.length >= ENTRIES) boxes.push(...list.children);
  for (const list of document.querySelectorAll(CONTENTS)) if (list.children.length >= ENTRIES) boxes.push(...boxed(sliced([...list.children], CONTENTS_RUN)));
  skipUnseen(boxes);
}

/** Each run in a box of its own, in which it stands where it stood. */
function boxed(runs) {
  const tops = runs.map(([first]) => first.getBoundingClientRect().top);
  const boxes = runs.map((run) => {
    const box = document.createElement("div");
    box.dataset.themekitPart = "";
    if (run[0].tagName === "LI") box.role = "presentation";
    box.style.display = "flow-root"; // as `content-visibility` will make it
    run[0].before(box);
    box.append(...run);
    return box;
  });
  for (const [index, [first]] of runs.entries()) {
    const off = tops[index] - first.getBoundingClientRect().top;
    if (Math.abs(off) > 0.01) boxes[index].style.marginBlockStart = `${off}px`;
  }
  return boxes;
}

/** So many of them at a time. */
const sliced = (all, count) => Array.from({ length: Math.ceil(all.length / count) }, (_, at) => all.slice(at * count, (at + 1) * count));

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

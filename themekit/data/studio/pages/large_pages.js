// A page of many thousand elements is painted anew in parts: what is not in sight is styled when it comes into sight.
// The parts are runs of what stands side by side in the article, each in a box of its own with `content-visibility`. A box
// keeps the margins of what is in it to itself, so where that would move anything, the box is moved back.

const MANY = 4000; // elements; below that all of a page is styled within a frame
const RUN = 200; // elements in a part, more or less
const ARTICLE = ".md-content__inner";

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
  const heights = boxes.map((box) => box.getBoundingClientRect().height);
  for (const [index, box] of boxes.entries()) {
    box.style.containIntrinsicBlockSize = `auto ${heights[index]}px`;
    box.style.contentVisibility = "auto";
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

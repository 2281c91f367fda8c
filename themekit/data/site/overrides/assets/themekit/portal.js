/* Small repairs of Material's markup after it is mounted: names and keyboard access for what the theme leaves bare. */
(() => {
  const scrollable = () => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code, .highlight pre")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  };
  if (typeof document$ !== "undefined") document$.subscribe(scrollable);
  addEventListener("load", scrollable);
  addEventListener("resize", scrollable);
})();

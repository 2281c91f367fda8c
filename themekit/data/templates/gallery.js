/* Filters, and the slider between two pictures. Without this script all pictures are there, one below the other. */
(() => {
  document.documentElement.classList.add("is-live");

  const form = document.querySelector("[data-filters]");
  if (form) {
    const items = [...document.querySelectorAll("[data-item]")];
    const groups = [...document.querySelectorAll("[data-group]")];
    const fits = (item, chosen) =>
      ["brand", "mode", "viewport"].every((name) => !chosen[name] || item.dataset[name] === chosen[name]) &&
      item.dataset.page.toLowerCase().includes(chosen.page);
    const filter = () => {
      const chosen = Object.fromEntries(new FormData(form));
      chosen.page = chosen.page.trim().toLowerCase();
      for (const item of items) item.hidden = !fits(item, chosen);
      for (const group of groups) {
        if (!("item" in group.dataset)) group.hidden = !group.querySelector("[data-item]:not([hidden])");
      }
      const shown = items.filter((item) => !item.hidden).length;
      document.querySelector("[data-shown]").textContent = shown;
      document.querySelector("[data-nothing]").hidden = shown > 0;
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter(); // a browser keeps what was chosen before the page was loaded again
  }

  for (const box of document.querySelectorAll("[data-compare]")) {
    const views = box.querySelector("[data-views]");
    const slider = box.querySelector("[data-slider]");
    const range = slider.querySelector("input");
    const stage = box.querySelector(".stage");
    const slide = () => box.style.setProperty("--at", `${range.value}%`);
    const show = () => { box.dataset.view = views.querySelector("input:checked").value; };
    views.hidden = slider.hidden = false;
    range.addEventListener("input", slide);
    views.addEventListener("change", show);
    slide();
    show();
    const toChange = () => {
      const height = stage.querySelector(".after").getBoundingClientRect().height;
      stage.scrollTop = Math.max(0, (height * stage.dataset.top) / 100 - 48);
    };
    new ResizeObserver((_, observer) => { toChange(); observer.disconnect(); }).observe(stage);
  }
})();

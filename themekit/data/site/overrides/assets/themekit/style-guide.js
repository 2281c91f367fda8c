/* The style guide's values: what the brand's own file says of each token, as text beside its specimen. All of it is
   text: nothing is read as markup. */
(() => {
  const guide = self.TK_STYLE_GUIDE;
  if (!guide) return;

  const make = (name, text = "", attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const inMode = (values, index) => values?.[values.length > 1 ? index : 0];
  const indexOf = (cell) => guide.modes.indexOf(cell.dataset.tkMode);

  const say = (cell, value, ratio) => {
    if (value) cell.append(make("code", value));
    if (ratio) cell.append(make("small", `${ratio} : 1`));
  };

  /* A page that is shown again, as by instant navigation, is filled once. */
  const rows = (attribute) => document.querySelectorAll(`.tk-guide tr[${attribute}]:not([data-tk-filled])`);

  for (const row of rows("data-tk-token")) {
    const token = guide.tokens[row.dataset.tkToken];
    if (!token) continue;
    row.dataset.tkFilled = "";
    for (const cell of row.querySelectorAll("td[data-tk-mode]")) {
      say(cell, inMode(token.values, indexOf(cell)), token.ratios?.[indexOf(cell)]);
    }
    for (const cell of row.querySelectorAll("td[data-tk-value]")) say(cell, token.values[0]);
  }

  for (const row of rows("data-tk-pair")) {
    row.dataset.tkFilled = "";
    const ratios = guide.pairs[row.dataset.tkPair];
    for (const cell of row.querySelectorAll("td[data-tk-mode]")) say(cell, "", ratios?.[indexOf(cell)]);
  }

  const specimens = {
    color: (name) => `background:var(${name})`,
    gradient: (name) => `background:linear-gradient(90deg,var(${name}))`,
    shadow: (name) => `background:var(--tk-color-surface-raised);box-shadow:var(${name})`,
  };

  const ownRow = (token) => {
    const row = make("tr");
    const head = make("th", "", { scope: "row" });
    head.append(make("code", token.name));
    if (token.about) head.append(make("small", token.about));
    row.append(head);
    guide.modes.forEach((mode, index) => {
      const cell = make("td", "", { "data-tk-mode": mode });
      const style = specimens[token.type]?.(token.name);
      if (style) cell.append(make("i", "", { style }));
      say(cell, inMode(token.values, index), token.ratios?.[index]);
      row.append(cell);
    });
    return row;
  };

  for (const place of document.querySelectorAll(".tk-guide [data-tk-own]:empty")) {
    const words = JSON.parse(place.dataset.tkOwn);
    if (!guide.own.length) {
      place.append(make("p", words["own-none"]));
      continue;
    }
    const table = make("table");
    const head = table.createTHead().insertRow();
    for (const name of ["token", ...guide.modes]) head.append(make("th", words[name], { scope: "col" }));
    table.createTBody().append(...guide.own.map(ownRow));
    place.append(table);
  }
})();

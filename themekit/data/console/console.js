// "Try it" on the reference's pages: a button beside each operation opens a panel that sends it. Until somebody asks, nothing is loaded.
//
// The panel is Swagger UI with one operation, in a shadow tree: neither the page's rules reach it nor its rules the page, but the brand's
// colours do. Requests are answered by the sandbox in the browser, or go to one of the brand's own addresses.

(() => {
  const script = document.currentScript;
  const { live, test, sandbox } = script.dataset;
  const near = (name) => new URL(name, script.src).href;
  const words =
    document.documentElement.lang === "de"
      ? {
          try: "Ausprobieren",
          close: "Schließen",
          loading: "Die Konsole wird geladen …",
          failed: "Die Konsole kann nicht geladen werden",
          target: "Anfragen an",
          simulation: "Simulation in diesem Browser",
          test: "Sandbox",
          live: "Live",
          about: {
            simulation: "Nichts verlässt diesen Browser, und jeder Schlüssel gilt. Was angelegt wird, gibt es danach.",
            test: "Anfragen verlassen diesen Browser und brauchen einen Schlüssel der Sandbox.",
            live: "Anfragen gehen an die echte API und tun, was sie sagen.",
          },
          credentials: "Zugang",
          none: "ohne Zugangsdaten",
          basic: "Name:Passwort",
          cookie: "Browser senden keine Cookies an andere Adressen.",
          accept: "Format",
          answer: "Antwort",
          usual: "die übliche",
          reset: "Angelegtes vergessen",
          forgotten: "Vergessen.",
        }
      : {
          try: "Try it",
          close: "Close",
          loading: "Loading the console…",
          failed: "The console cannot be loaded",
          target: "Send to",
          simulation: "Simulation in this browser",
          test: "Sandbox",
          live: "Live",
          about: {
            simulation: "Nothing leaves this browser, and any key will do. What you create is there afterwards.",
            test: "Requests leave this browser and need a key of the sandbox.",
            live: "Requests go to the real API and do what they say.",
          },
          credentials: "Credentials",
          none: "no credentials",
          basic: "name:password",
          cookie: "Browsers send no cookies to other addresses.",
          accept: "Format",
          answer: "Answer",
          usual: "the usual one",
          reset: "Forget what was made",
          forgotten: "Forgotten.",
        };
  const targets = { simulation: test, test, live };
  const host = (url) => url.replace(/^https?:\/\//, "");

  // What the reader chose holds for the other operations of the page, too. Keys are kept nowhere else.
  const chosen = { target: "simulation", keys: { simulation: {}, test: {}, live: {} } };
  const panels = [];

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const loaded = new Map();
  const load = (url, data = {}) => {
    if (!loaded.has(url)) {
      const element = document.createElement("script");
      Object.assign(element.dataset, data);
      element.src = url;
      const done = new Promise((resolve, reject) => {
        element.onload = resolve;
        element.onerror = () => {
          loaded.delete(url);
          reject(new Error(url));
        };
      });
      loaded.set(url, done);
      document.head.append(element);
    }
    return loaded.get(url);
  };

  const sheet = (name) => {
    const element = make("link", { rel: "stylesheet", href: near(name) });
    const done = new Promise((resolve, reject) => Object.assign(element, { onload: resolve, onerror: () => reject(new Error(name)) }));
    return { element, done };
  };

  /** A choice with its name before it. */
  const choice = (name, options, value, change) => {
    const select = make("select");
    for (const [key, text] of options) select.append(make("option", { value: key }, text));
    select.value = value;
    select.addEventListener("change", () => change(select.value));
    return { label: make("label", {}, `${name} `, select), select };
  };

  class Panel {
    constructor(name, operation) {
      const [method, ...path] = name.split(" ");
      [this.name, this.method, this.path] = [name, method.toLowerCase(), path.join(" ")];
      this.operation = operation;
      this.code = "";
      this.accept = "";
      this.option = 0;
    }

    /** The bar above the operation: where requests go, with which credentials, and which answer is wished. */
    bar() {
      const places = ["simulation", "test", "live"].map((key) => [key, key === "simulation" ? words[key] : `${words[key]}: ${host(targets[key])}`]);
      this.target = choice(words.target, places, chosen.target, (value) => {
        chosen.target = value;
        for (const each of panels) each.show();
      });
      this.target.select.className = "target";
      this.about = make("p", { class: "about", role: "status" });
      this.keys = make("div", { class: "keys" });
      const codes = Object.keys(this.operation.responses).filter((each) => /^[45]\d\d$/.test(each));
      this.answer = choice(words.answer, [["", words.usual], ...codes.map((each) => [each, each])], "", (value) => (this.code = value));
      this.answer.select.className = "answer";
      this.types = this.accepted();
      const accept = choice(words.accept, this.types.map((each) => [each, each]), this.types[0], (value) => (this.accept = value));
      this.reset = make("button", { type: "button", class: "reset" }, words.reset);
      this.reset.addEventListener("click", async () => {
        await window.apiSandbox.reset();
        this.about.textContent = words.forgotten;
      });
      const row = make("div", { class: "row" }, this.target.label, this.answer.label, ...(this.types.length > 1 ? [accept.label] : []), this.reset);
      return make("div", { class: "bar" }, row, this.keys, this.about);
    }

    /** The media types of what the operation answers when all is well, JSON first. */
    accepted() {
      const [, found] = Object.entries(this.operation.responses).find(([status]) => status.startsWith("2")) ?? [];
      return Object.keys(found?.content ?? {});
    }

    /** Bring the bar to what was chosen, here or in another panel. */
    show() {
      const isSimulated = chosen.target === "simulation";
      this.target.select.value = chosen.target;
      const isElsewhere = this.base(chosen.target) !== targets[chosen.target];
      this.about.textContent = words.about[chosen.target] + (isElsewhere ? ` ${host(this.base(chosen.target))}` : "");
      this.about.classList.toggle("warned", chosen.target === "live");
      this.answer.label.hidden = this.reset.hidden = !isSimulated;
      const options = (this.operation["x-security"] ?? []).map((option) => option.filter((each) => this.kind(each) !== "any"));
      this.keys.replaceChildren();
      if (options.length > 1) {
        const named = options.map((each, index) => [String(index), each.join(" + ") || words.none]);
        this.keys.append(choice(words.credentials, named, String(this.option), (value) => ((this.option = Number(value)), this.show())).label);
      }
      for (const name of options[this.option] ?? []) {
        const input = make("input", { type: isSimulated ? "text" : "password", autocomplete: "off", spellcheck: "false", "data-scheme": name });
        input.value = this.key(name);
        input.addEventListener("input", () => (chosen.keys[chosen.target][name] = input.value));
        const hint = { basic: ` (${words.basic})`, cookie: `: ${words.cookie}` }[this.kind(name)] ?? "";
        this.keys.append(make("label", {}, `${name}${hint} `, input));
      }
      this.schemes = options[this.option] ?? [];
    }

    kind(scheme) {
      return window.API_OPERATIONS["x-schemes"][scheme]?.[0] ?? "any";
    }

    key(scheme) {
      const known = chosen.keys[chosen.target][scheme];
      if (known !== undefined || chosen.target !== "simulation") return known ?? "";
      return this.kind(scheme) === "basic" ? "sandbox:sandbox" : "sandbox-key";
    }

    /** Swagger UI asks before it sends: the request with address and credentials of what was chosen. */
    async request(request) {
      const { target } = chosen;
      await window.apiSandbox.use(target === "simulation" ? "sandbox" : "live");
      request.url = this.base(target) + request.url.slice(test.length);
      const accept = this.accept || this.types[0];
      if (accept) request.headers.accept = accept;
      for (const scheme of this.schemes) {
        const [kind, name] = window.API_OPERATIONS["x-schemes"][scheme] ?? [];
        const key = this.key(scheme);
        if (!key) continue;
        if (kind === "bearer") request.headers.Authorization = `Bearer ${key}`;
        else if (kind === "basic") request.headers.Authorization = `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(key)))}`;
        else if (kind === "authorization") request.headers.Authorization = key;
        else if (kind === "header") request.headers[name] = key;
        else if (kind === "query") request.url += `${request.url.includes("?") ? "&" : "?"}${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
      }
      if (target === "simulation" && this.code) request.headers.Prefer = `code=${this.code}`;
      this.refresh(request);
      return request;
    }

    /** Where requests go: live, an operation with a server of its own is asked there. */
    base(target) {
      const own = this.operation["x-server"];
      if (target !== "live" || own === undefined) return targets[target];
      const { protocol, href } = new URL(own, `${targets.live}/`);
      return /^https?:$/.test(protocol) ? href.replace(/\/$/, "") : targets.live;
    }

    /** A key that makes two requests one is another each time, unless the reader wrote one. */
    refresh(request) {
      for (const { name, example, "x-fresh": isFresh } of this.operation.parameters ?? []) {
        const header = Object.keys(request.headers).find((each) => each.toLowerCase() === name.toLowerCase());
        if (isFresh && header && request.headers[header] === example) request.headers[header] = unique();
      }
    }

    async open(place) {
      this.place = place;
      const root = place.attachShadow({ mode: "open" });
      const status = make("p", { class: "loading", role: "status" }, words.loading);
      root.append(status);
      try {
        const sheets = ["swagger-ui.css", "console.css"].map(sheet);
        root.prepend(...sheets.map((each) => each.element));
        const scripts = [near("swagger-ui-bundle.js"), new URL(sandbox, document.baseURI).href].map((url) => load(url, { base: [...new Set([live, test])].join(" ") }));
        await Promise.all([...sheets.map((each) => each.done), ...scripts]);
        await window.apiSandbox.ready;
        const ui = make("div", { class: "ui", lang: "en" });
        root.append(this.bar(), ui);
        panels.push(this);
        this.show();
        this.start(ui);
        label(root);
        status.remove();
      } catch (error) {
        status.textContent = `${words.failed}: ${error.message}`;
        place.dataset.state = "failed";
        return;
      }
      place.dataset.state = window.apiSandbox.mode ? "ready" : "failed";
    }

    start(domNode) {
      const { openapi, info } = window.API_OPERATIONS;
      window.SwaggerUIBundle({
        domNode,
        spec: { openapi, info, servers: [{ url: test }], paths: { [this.path]: { [this.method]: this.operation } } },
        plugins: [onlyOperation],
        presets: [window.SwaggerUIBundle.presets.apis],
        layout: "OnlyOperation",
        docExpansion: "full",
        tryItOutEnabled: true,
        displayRequestDuration: true,
        defaultModelsExpandDepth: -1,
        defaultModelRendering: "example",
        syntaxHighlight: { activated: false }, // it has colours of its own, and in attributes
        validatorUrl: null,
        requestInterceptor: (request) => this.request(request),
        responseInterceptor: (response) => {
          this.place.dataset.answers = String(Number(this.place.dataset.answers ?? 0) + 1);
          return response;
        },
      });
    }
  }

  const unique = () => window.crypto?.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

  /** Of Swagger UI's page the operation: its inputs, the button that sends, and what was answered. What it would explain, the page does. */
  const onlyOperation = ({ React }) => {
    return {
      components: {
        OnlyOperation: ({ getComponent }) => React.createElement("div", { className: "swagger-ui" }, React.createElement(getComponent("operations", true))),
      },
      wrapComponents: {
        OperationSummary: () => () => null,
        OperationTag:
          () =>
          ({ children }) =>
            React.createElement("div", null, children),
        responses: (_original, { getComponent }) => {
          const LiveResponse = getComponent("liveResponse");
          return (props) =>
            props.tryItOutResponse
              ? React.createElement("div", { className: "responses-inner", role: "status" }, React.createElement(LiveResponse, { ...props, response: props.tryItOutResponse }))
              : null;
        },
      },
    };
  };

  /** Names for what Swagger UI leaves without: inputs have that of their row, boxes that scroll can be reached. */
  const label = (root) => {
    const name = (element, text) => element.hasAttribute("aria-label") || element.setAttribute("aria-label", text);
    const repair = () => {
      for (const row of root.querySelectorAll("tr[data-param-name], .parameters [data-property-name]"))
        for (const each of row.querySelectorAll("input, select, textarea")) name(each, row.dataset.paramName ?? row.dataset.propertyName);
      for (const each of root.querySelectorAll(".ui select, .ui textarea, .ui input:not([type=checkbox])")) name(each, each.closest("tr")?.querySelector(".parameter__name")?.firstChild?.textContent || "Body");
      // below the operation's heading, which is one of the second level
      for (const [selector, level] of [["h4", "3"], ["h5", "4"]]) for (const each of root.querySelectorAll(`${selector}:not([aria-level])`)) each.setAttribute("aria-level", level);
      for (const each of root.querySelectorAll("div[aria-label]:not([role])")) each.removeAttribute("aria-label");
      for (const each of root.querySelectorAll("pre")) if (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight) each.tabIndex = 0;
    };
    let isWaiting = false;
    const soon = () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => ((isWaiting = false), repair()));
    };
    new MutationObserver(soon).observe(root, { childList: true, subtree: true });
    soon();
  };

  const offer = (line, number) => {
    const name = line.dataset.operation;
    const id = `try-${number}`;
    const button = make("button", { type: "button", class: "tk-try", "aria-expanded": "false", "aria-controls": id, "aria-label": `${words.try}: ${name}` }, words.try);
    const place = make("div", { class: "tk-console", id, hidden: "" });
    button.addEventListener("click", async () => {
      place.hidden = !place.hidden;
      button.setAttribute("aria-expanded", String(!place.hidden));
      button.textContent = place.hidden ? words.try : words.close;
      button.setAttribute("aria-label", `${button.textContent}: ${name}`);
      if (place.hidden || place.shadowRoot) return;
      try {
        await load(near("operations.js"));
        const path = name.slice(name.indexOf(" ") + 1);
        await new Panel(name, window.API_OPERATIONS.paths[path][name.split(" ")[0].toLowerCase()]).open(place);
      } catch (error) {
        place.textContent = `${words.failed}: ${error.message}`;
      }
    });
    line.append(button);
    line.after(place);
  };

  document.head.append(sheet("console.css").element);
  document.querySelectorAll("[data-operation]").forEach(offer);
})();

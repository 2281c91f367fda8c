// Lets a page call the API without a server: `<script src="…/sandbox.js" data-base="https://api.… https://sandbox.…"></script>`.
//
// `apiSandbox.ready` is "worker" or "page" when the sandbox answers: a service worker where there can be one, else `fetch` itself, as in
// pages that were opened from a disk. `apiSandbox.use("live")` sends requests to the API, `use("sandbox")` no longer; `reset()` forgets what
// was made. An event `api-sandbox` on the document says that the mode has changed.

(() => {
  const script = document.currentScript;
  const bases = (script.dataset.base ?? "").split(/\s+/).filter(Boolean);
  const home = new URL(".", script.src);
  const near = (name) => new URL(name, home).href;
  let mode = "sandbox";
  let inPage;

  const load = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = near(name);
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${name} cannot be loaded`));
      document.head.append(element);
    });

  async function withWorker() {
    const url = near(`sandbox-worker.js?${new URLSearchParams(bases.map((base) => ["base", base]))}`);
    const { serviceWorker } = navigator;
    await serviceWorker.register(url, { scope: home.href });
    await serviceWorker.ready;
    if (!serviceWorker.controller || serviceWorker.controller.scriptURL !== url)
      await new Promise((resolve) => {
        serviceWorker.addEventListener("controllerchange", resolve, { once: true });
        setTimeout(resolve, 5000);
      });
    if (!serviceWorker.controller) throw new Error("the worker does not control this page");
    await tell({});
    return "worker";
  }

  const tell = (message) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve((mode = event.data.mode));
      navigator.serviceWorker.controller.postMessage(message, [port2]);
    });

  async function withFetch() {
    await load("sandbox-engine.js");
    await load("sandbox-data.js");
    const start = () => createSandbox(window.API_SANDBOX, { bases: bases.map(pathOf), isPersonal: true });
    inPage = { sandbox: start(), start };
    const real = window.fetch;
    window.fetch = async (input, options) => {
      const request = new Request(input, options);
      if (mode === "live" || !bases.some((base) => isBelow(base, request.url))) return real.call(window, input, options);
      request.signal?.throwIfAborted();
      return fromEngine(inPage.sandbox.answer(await toEngine(request)), request.method);
    };
    return "page";
  }

  async function start() {
    if (bases.length === 0) throw new Error("data-base is missing");
    if ("serviceWorker" in navigator && /^https?:$/.test(location.protocol)) {
      try {
        return await withWorker();
      } catch {
        // a browser that allows no workers here
      }
    }
    return withFetch();
  }

  const changed = () => document.dispatchEvent(new CustomEvent("api-sandbox", { detail: { mode } }));

  window.apiSandbox = {
    ready: start().finally(changed),
    bases,
    get mode() {
      return mode;
    },
    async use(wanted) {
      if ((await this.ready) === "worker") await tell({ mode: wanted });
      else mode = wanted;
      changed();
    },
    async reset() {
      if ((await this.ready) === "worker") await tell({ reset: true });
      else inPage.sandbox = inPage.start();
    },
  };
})();

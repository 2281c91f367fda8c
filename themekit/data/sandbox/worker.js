// Answers the API in every page below its own folder. The bases of the API are the `base` parameters of its own URL. What was made and
// whether the sandbox is in use is kept in the browser's cache, as a worker is ended whenever it has nothing to do.

const CACHE = "api-sandbox";
const bases = new URL(self.location.href).searchParams.getAll("base");
let sandbox;
let mode;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (bases.some((base) => isBelow(base, event.request.url))) event.respondWith(respond(event));
});

self.addEventListener("message", (event) => event.waitUntil(told(event.data, event.ports[0])));

async function respond(event) {
  if ((await started()) === "live") return fetch(event.request);
  const answer = sandbox.answer(await toEngine(event.request));
  if (!["GET", "HEAD", "OPTIONS"].includes(event.request.method)) event.waitUntil(keep("state", sandbox.state()));
  return fromEngine(answer, event.request.method);
}

/** The mode, once the engine is there with what was made before. */
async function started() {
  if (sandbox && mode) return mode;
  const [kept, state] = await Promise.all([recalled("mode"), recalled("state")]);
  sandbox ??= createSandbox(self.API_SANDBOX, { bases: bases.map(pathOf), state, isPersonal: true });
  mode ??= kept ?? "sandbox";
  return mode;
}

async function told(message, port) {
  await started();
  if (message?.mode === "live" || message?.mode === "sandbox") await keep("mode", (mode = message.mode));
  if (message?.reset) {
    sandbox = createSandbox(self.API_SANDBOX, { bases: bases.map(pathOf), isPersonal: true });
    await keep("state", null);
  }
  port?.postMessage({ mode });
}

const keyOf = (name) => new URL(`api-sandbox-${name}.json`, self.location.href).href;

async function keep(name, value) {
  const cache = await caches.open(CACHE);
  await cache.put(keyOf(name), new Response(JSON.stringify({ version: self.API_SANDBOX.digest, value })));
}

async function recalled(name) {
  try {
    const found = await (await (await caches.open(CACHE)).match(keyOf(name)))?.json();
    return found && (name === "mode" || found.version === self.API_SANDBOX.digest) ? (found.value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

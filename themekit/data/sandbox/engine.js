// The sandbox of an API: answers requests from data that was made and checked when the portal was built.
//
// One engine for all places: a service worker, a page without a server, and a server on loopback. It knows no clock and no chance: the same
// requests in the same order have the same answers. A request is `{method, url, headers, body}` with names of headers in lower case and a
// body that is a binary string, a character a byte; an answer is `{status, headers, body}`, whose body is a text, or bytes if `isBinary`,
// or has `chunks` in its place if it is a stream.

import { pageOf } from "./pages.js";
import { createSchemas, has, put } from "./schema.js";
import { copy, createStore } from "./store.js";
import { base64, decoded, fromForm, fromPairs, fromParts, fromStyle, parseCookies, parseMultipart, parseQuery, parseUrl, utf8 } from "./wire.js";

const MOST_REMEMBERED = 2000; // runs, and idempotency keys
const PROBLEM = "application/problem+json";
const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/**
 * `bases` are the paths below which the API is, in place of the description's; `state` is what another one's `state()` was. One that is
 * `isPersonal` has one client, so that what this client deletes is gone, be it an example of the description.
 */
export function createSandbox(data, { bases: ownBases, state, isPersonal = false } = {}) {
  const schemas = createSchemas(data.schemas);
  const store = createStore(data, schemas, state);
  const runs = new Map();
  const repeats = new Map();
  const bases = [...(ownBases ?? data.bases)].sort((one, other) => other.length - one.length);
  const tokens = data.tokens.flatMap((path) => (path.startsWith("~") ? bases.map((base) => base + path.slice(1)) : [path]));
  const routes = data.operations.flatMap(routesOf).sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));

  /** The answer to a request. Never throws for what a request holds. */
  function answer(request) {
    const url = parseUrl(request.url);
    if (!url) return problem(400, "the URL has a percent sign that is followed by nothing it could mean");
    const found = find(request.method, url);
    if (found.candidates.length === 0) return found.isToken ? token(request) : lost(request, found);
    const whole = { ...request, url, isToken: found.isToken };
    // operations that differ behind a `#` only, which nobody sends: the one that the request is valid for
    const [first] = found.candidates;
    const fitting = found.candidates.length > 1 ? found.candidates.find((each) => !readRequest({ ...whole, ...each }).status) : first;
    return ofOperation({ ...whole, ...(fitting ?? first) });
  }

  function find(method, url) {
    const ways = [];
    for (const base of bases) {
      const depth = base.split("/").length - 1;
      if (base && !(url.segments.slice(0, depth + 1).join("/") === base)) continue;
      const segments = ["", ...url.segments.slice(depth + 1)];
      // a concrete path is no other path's parameter, so only the closest template counts
      for (const each of routes) if ((ways.length === 0 || each.order === ways[0].each.order) && fits(each.segments, segments)) ways.push({ each, segments });
      if (ways.length) break;
    }
    const isToken = method === "POST" && tokens.includes(url.segments.join("/"));
    const wanted = (name) => ways.filter(({ each }) => each.operation.method === name);
    const candidates = [...wanted(method), ...(method === "HEAD" ? wanted("GET") : [])].map(({ each, segments }) => ({ operation: each.operation, template: each, segments }));
    const methods = [...new Set(ways.map(({ each }) => each.operation.method))];
    return { candidates, methods, isToken };
  }

  function lost(request, { methods }) {
    if (methods.length === 0) return problem(404, "no operation has this path");
    const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    if (request.method === "OPTIONS") return { status: 204, headers: [["Allow", allow]], body: "" };
    const found = problem(405, `no operation has the method ${request.method} at this path`);
    found.headers.push(["Allow", allow]);
    return found;
  }

  function ofOperation(request) {
    const { operation } = request;
    const refused = credentials(request);
    if (refused) return failure(request, 401, refused);
    const prefer = preferences(request.headers.prefer);
    const forced = wished(request, prefer);
    if (forced) return forced;
    const read = readRequest(request);
    if (read.status) return failure(request, read.status, read.fault);
    if (request.isToken) {
      const wrong = client(request, read.body);
      if (wrong) return failure(request, 401, wrong);
    }
    const key = operation.idempotency && request.headers[operation.idempotency];
    return key ? once(request, key, () => succeed(request, read, prefer)) : succeed(request, read, prefer);
  }

  // Credentials

  /** Why the request may not; "" if it may. */
  function credentials(request) {
    const options = request.operation.security ?? [[]];
    const found = options.map((option) => option.map((name) => credential(request, data.schemes[name] ?? ["any"])));
    if (found.some((option) => option.every((each) => each === "good"))) return "";
    return found.some((option) => option.includes("bad")) ? "the credentials are not valid" : "the credentials are missing";
  }

  function credential({ headers, url }, [kind, name]) {
    const authorization = headers.authorization ?? "";
    let sent;
    if (kind === "any") return "good";
    if (kind === "bearer") sent = /^bearer\s+(\S+)$/i.exec(authorization)?.[1];
    else if (kind === "basic") sent = base64(/^basic\s+(\S+)$/i.exec(authorization)?.[1] ?? "");
    else if (kind === "authorization") sent = authorization;
    else if (kind === "header") sent = headers[name.toLowerCase()];
    else if (kind === "query") sent = url.pairs.find(([key]) => key === name)?.[1];
    else sent = cookies(headers).find(([key]) => key === name)?.[1];
    if (!sent) return "missing";
    return /invalid/i.test(sent) ? "bad" : "good";
  }

  /** Why a token is refused to a client; "" if it is not. */
  function client(request, body) {
    const basic = base64(/^basic\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "") || "";
    const sent = [basic, body?.client_id ?? "", body?.client_secret ?? "", body?.refresh_token ?? "", body?.client_assertion ?? ""].join("\n");
    if (!sent.trim()) return "the client's credentials are missing";
    return /invalid/i.test(sent) ? "the client's credentials are not valid" : "";
  }

  function token(request) {
    const pairs = parseQuery(utf8(request.body ?? "") ?? "") ?? [];
    const wrong = client(request, Object.fromEntries(pairs));
    const headers = [["Content-Type", "application/json"], ["Cache-Control", "no-store"]];
    if (wrong) return { status: 401, headers, body: JSON.stringify({ error: "invalid_client", error_description: wrong }) };
    const scope = pairs.find(([name]) => name === "scope")?.[1];
    return { status: 200, headers, body: JSON.stringify({ access_token: "sandbox-token", token_type: "Bearer", expires_in: 3600, scope }) };
  }

  // What a request wishes

  function preferences(header) {
    const found = {};
    for (const each of (header ?? "").split(/[,;]/)) {
      const [, name, value] = /^\s*([\w-]+)\s*(?:=\s*"?([^"]*?)"?\s*)?$/.exec(each) ?? [];
      if (name) put(found, name.toLowerCase(), value ?? "");
    }
    return found;
  }

  /** The answer that `Prefer: code=…` asks for; `times` and `run` say how often. */
  function wished(request, prefer) {
    const code = Number(prefer.code);
    if (!(Number.isInteger(code) && code >= 200 && code <= 599)) return undefined;
    if (has(prefer, "times")) {
      const key = `${prefer.run ?? ""} ${request.operation.id} ${code}`;
      const count = remembered(runs, key) ?? 0;
      if (count >= Number(prefer.times)) return undefined;
      remember(runs, key, count + 1);
    }
    const status = statusOf(request.operation, code);
    const found = code >= 400 || !status ? failure(request, code, "", prefer) : emit(request, code, request.operation.answers[status], { prefer });
    found.headers.push(["Preference-Applied", `code=${code}`]);
    return found;
  }

  // Reading

  /** The request's values; `status` and `fault` if one is missing or not valid. */
  function readRequest(request) {
    const { operation, headers, url, template, segments } = request;
    const [bad, lost] = [refusal(operation, 422, 400), refusal(operation, 422, 404, 400)];
    for (const each of operation.parameters ?? []) {
      const value = parameter(each, { headers, url, template, segments, operation });
      if (value === undefined) {
        if (each.required) return { status: bad, fault: `the parameter \`${each.name}\` is required` };
        continue;
      }
      const fault = schemas.fault(each.schema, value, each.name);
      if (fault) return { status: each.in === "path" ? lost : bad, fault };
    }
    return readBody(request, bad);
  }

  function parameter(each, { headers, url, template, segments, operation }) {
    const { name, schema, style, explode } = each;
    const sent = { header: () => headers[name.toLowerCase()], path: () => pathValue(template, segments, name) }[each.in]?.();
    const pairs = each.in === "query" ? url.pairs : each.in === "cookie" ? cookies(headers) : [];
    if (has(each, "json")) {
      const text = sent ?? pairs.find(([key]) => key === name)?.[1];
      return text === undefined || !each.json ? text : (parse(text) ?? text);
    }
    const taken = new Set(operation.parameters.filter((other) => other.in === each.in).map((other) => other.name));
    if (each.in === "query" || each.in === "cookie") return fromPairs(schemas, schema, pairs, { name, style, explode: Boolean(explode), taken });
    return sent === undefined ? undefined : fromStyle(schemas, schema, sent, { style, explode: Boolean(explode) });
  }

  function readBody(request, bad) {
    const { operation, body } = request;
    const described = operation.body;
    if (!described) return {};
    const type = request.headers["content-type"] ?? "";
    const bare = type.split(";")[0].trim().toLowerCase();
    if (!body && !bare.startsWith("multipart/")) return described.required ? { status: bad, fault: "a body is required" } : {};
    const known = Object.keys(described.content);
    // who sends a file of no known kind says so, and a range means any of its kinds
    const media = bare ? known.find((each) => covers(each, bare) || (each.endsWith("/*") && bare === "application/octet-stream")) : known[0];
    if (media === undefined) return { status: 415, fault: `the body must be ${known.join(" or ")}` };
    const schema = described.content[media];
    const value = readAs(bare || media, { body: body ?? "", type, schema });
    if (value === undefined) return { status: bad, fault: `the body is no ${bare || media}` };
    if (value.isOpaque) return { opaque: value.opaque };
    const fault = faultOf(schema, value.value);
    return fault ? { status: bad, fault } : { body: value.value };
  }

  /** As `schemas.fault`; what is nested too deep to tell is refused, too. */
  function faultOf(schema, value) {
    try {
      return schemas.fault(schema, value);
    } catch {
      return "the body is nested too deep";
    }
  }

  function readAs(media, { body, type, schema }) {
    if (/^(application|text)\/json$|\+json$/.test(media)) {
      const text = utf8(body);
      const value = text === undefined ? undefined : parse(text);
      return value === undefined ? undefined : { value };
    }
    if (media === "application/x-www-form-urlencoded") {
      const pairs = parseQuery(utf8(body) ?? "%");
      return pairs && { value: fromForm(schemas, schema, pairs) };
    }
    if (media.startsWith("multipart/")) {
      const parts = parseMultipart(body, type);
      return parts && { value: fromParts(schemas, schema, parts), parts };
    }
    if (media === "text/plain") {
      const value = utf8(body);
      return value === undefined ? undefined : { value: schemas.read(schema, value) };
    }
    return { isOpaque: true, opaque: body };
  }

  // Answering

  function succeed(request, read, prefer) {
    const { operation } = request;
    const status = successOf(operation);
    const code = Number(status) || 200;
    const content = chosen(operation.answers[status], request, read);
    if (!content || !has(content, "v")) {
      if (!exists(operation, request)) return failure(request, 404, "there is no such object");
      if (operation.state?.[0] === "delete") remove(operation, request);
      return emit(request, code, operation.answers[status], { content, prefer });
    }
    const example = data.values[prefer.example && content.n && has(content.n, prefer.example) ? content.n[prefer.example] : content.v];
    const made = stateful(request, read, example);
    if (made === undefined) return failure(request, 404, "there is no such object");
    if (operation.page) return listed(request, read, { code, content, body: made });
    return emit(request, code, operation.answers[status], { content, body: made });
  }

  const kindOf = (operation) => data.kinds[operation.state[1]];
  const exists = (operation, request) => !store.isBelowGone(request.segments) && (!operation.state || !["get", "update", "touch", "act", "delete"].includes(operation.state[0]) || !store.isGone(store.place(kindOf(operation), request.segments)));

  function remove(operation, request) {
    const kind = kindOf(operation);
    const where = store.place(kind, request.segments);
    const seeds = routes.flatMap(({ operation: each }) => (each.state?.[0] === "list" && data.kinds[each.state[1]] === kind ? (each.page?.seeds ?? []) : []));
    store.remove(kind, where, { isListed: seeds.some((each) => String(data.values[each]?.[kind.id]) === where.id), isPersonal });
  }

  /** The body by what was made before; undefined if the object is gone. */
  function stateful(request, read, example) {
    const { operation, segments } = request;
    if (!exists(operation, request)) return undefined;
    if (!operation.state) return example;
    const [what, number, own] = operation.state;
    const kind = data.kinds[number];
    const schema = own ?? kind.schema;
    const given = typeof read.body === "object" && !Array.isArray(read.body) ? read.body : undefined;
    const where = store.place(kind, segments);
    if (what === "create") return store.create(kind, schema, segments, example, given);
    if (what === "get") return store.get(kind, schema, where, example);
    if (what === "update") return store.update(kind, schema, where, example, given);
    if (what === "act") return store.act(kind, schema, where, example);
    if (what === "delete") remove(operation, request);
    return example;
  }

  /** A page of seven: what was made here comes first. */
  function listed(request, read, { code, content, body }) {
    const { operation, url, segments } = request;
    const { page } = operation;
    const key = segments.join("/");
    const kind = operation.state && kindOf(operation);
    const gone = kind ? store.gone(key) : new Set();
    const seeds = page.seeds.map((each) => data.values[each]).filter((each) => !kind || !gone.has(String(each?.[kind.id])));
    const own = kind ? store.all(key) : [];
    const ids = new Set(own.map((each) => String(each[kind.id])));
    const items = [...own, ...seeds.filter((each) => !kind || !ids.has(String(each?.[kind.id])))].slice(0, page.seeds.length);
    const count = items.length;
    // of many clients no one is to find less because another one deleted an example
    while (kind && !isPersonal && items.length < page.seeds.length) items.push(store.another(kind, data.values[page.seeds[0]], items.length));
    const asked = (name) => (name ? (page.place === "body" ? read.body?.[name] : undefined) ?? url.pairs.findLast(([each]) => each === name)?.[1] : undefined);
    let found = pageOf(page, body, items, { asked, url });
    if ((own.length || count < items.length) && schemas.fault(page.schema, found.body) !== "") found = pageOf(page, body, seeds, { asked, url });
    const made = emit(request, code, operation.answers[successOf(operation)], { content, body: found.body });
    if (page.kind === "link-header") made.headers = made.headers.filter(([name]) => name.toLowerCase() !== "link");
    if (found.link) made.headers.push(["Link", `<${found.link}>; rel="next"`]);
    return made;
  }

  /** A repeated request with the same key and body has the first answer again. */
  function once(request, key, run) {
    const name = `${request.operation.id} ${request.url.path} ${key}`;
    const before = remembered(repeats, name);
    if (!before) {
      const found = run();
      if (found.status < 300 && !found.chunks) remember(repeats, name, { sent: request.body, found: copy(found) });
      return found;
    }
    if (before.sent !== request.body && request.operation.answers[409]) return failure(request, 409, "this idempotency key was used with another body");
    if (before.sent !== request.body) return run();
    const found = copy(before.found);
    found.headers = found.headers.map(([each, value]) => [each, /^idempotent-replayed$/i.test(each) ? "true" : value]);
    return found;
  }

  function failure(request, code, said, prefer = {}) {
    const status = statusOf(request.operation, code);
    const described = status && request.operation.answers[status];
    const found = described?.c ? emit(request, code, described, { said, prefer, isFailure: true }) : problem(code, said);
    if (described && !described.c) found.headers.push(...headersOf(described, code));
    if (code === 401 && !found.headers.some(([name]) => name.toLowerCase() === "www-authenticate")) found.headers.push(["WWW-Authenticate", challenge(request.operation)]);
    if (code === 429 || code === 503) found.headers = [...found.headers.filter(([name]) => name.toLowerCase() !== "retry-after"), ["Retry-After", "0"]];
    return found;
  }

  const challenge = (operation) => ((operation.security ?? []).flat().some((name) => data.schemes[name]?.[0] === "basic") ? 'Basic realm="sandbox"' : 'Bearer realm="sandbox"');

  function emit(request, code, described, { content, body, said, prefer = {}, isFailure = false }) {
    const headers = headersOf(described, code);
    const found = content ?? chosen(described, request, {});
    if (!found || code === 204 || code === 304) return { status: code, headers, body: "" };
    headers.push(["Content-Type", found.m]);
    if (has(found, "s")) return { status: code, headers: [...headers, ["Cache-Control", "no-store"]], chunks: found.s.map((each) => data.values[each]) };
    if (!has(found, "v")) return { status: code, headers, body: data.values[found.t ?? found.b], isBinary: has(found, "b") && !/[^\x00-\xff]/.test(data.values[found.b]) };
    let value = body ?? data.values[prefer.example && found.n && has(found.n, prefer.example) ? found.n[prefer.example] : found.v];
    if (isFailure && found.p) value = { ...value, ...pick(problemOf(code), found.p) };
    if (said && found.e) {
      value = { ...value };
      put(value, found.e, said);
    }
    return { status: code, headers, body: JSON.stringify(value) };
  }

  function headersOf(described, code) {
    return described?.h === undefined ? [] : copy(data.values[described.h]).filter(([name]) => !((code === 204 || code === 304) && /^content-/i.test(name)));
  }

  /** The content that the request accepts best; the first if it does not say. */
  function chosen(described, request, read) {
    const contents = described?.c ?? [];
    const isStream = (each) => has(each, "s");
    if (read.body && typeof read.body === "object" && typeof read.body.stream === "boolean" && contents.some(isStream)) {
      const found = contents.find((each) => isStream(each) === read.body.stream);
      if (found) return found;
    }
    let best;
    let most = 0;
    const accept = request.headers.accept ?? "*/*";
    for (const each of contents) {
      const quality = acceptance(accept, each.m.split(";")[0].trim().toLowerCase());
      if (quality > most) [best, most] = [each, quality];
    }
    return best ?? contents[0];
  }

  function remembered(map, key) {
    return map.get(key);
  }

  function remember(map, key, value) {
    if (!map.has(key) && map.size >= MOST_REMEMBERED) map.delete(map.keys().next().value);
    map.set(key, value);
  }

  return { answer, state: store.state };
}

/** The operation's path as it is written and, where it has a `?` or `#`, as it is sent. */
function routesOf(operation) {
  const sent = operation.path.split(/[?#]/)[0];
  return [operation.path, ...(sent === operation.path ? [] : [sent])].map((path) => route(operation, path));
}

function route(operation, path) {
  const segments = path.split("/").map((text) => {
    if (!text.includes("{")) return decoded(text) ?? text;
    const names = [];
    const pattern = text.replace(/\{([^{}]*)\}|[^{}]+/g, (part, name) => {
      if (name === undefined) return (decoded(part) ?? part).replace(/[.*+?^$()|[\]\\]/g, "\\$&");
      names.push(name);
      return "(.+?)";
    });
    return { names, pattern: new RegExp(`^${pattern}$`, "s") };
  });
  return { operation, segments, order: segments.map((each) => (typeof each === "string" ? 0 : each.names.length === 1 && each.pattern.source === "^(.+?)$" ? 2 : 1)).join("") };
}

function fits(template, segments) {
  return template.length === segments.length && template.every((each, i) => (typeof each === "string" ? each === segments[i] : each.pattern.test(segments[i])));
}

function pathValue(template, segments, name) {
  for (const [i, each] of template.segments.entries()) {
    if (typeof each === "string" || !each.names.includes(name)) continue;
    return each.pattern.exec(segments[i])[each.names.indexOf(name) + 1];
  }
  return undefined;
}

function successOf(operation) {
  const found = Object.keys(operation.answers).sort();
  return found.find((each) => each.startsWith("2")) ?? (found.includes("default") ? "default" : found[0]);
}

/** 400 where that is described; else the first of these that is, or the last. */
function refusal({ answers }, ...others) {
  return has(answers, "400") ? 400 : (others.find((each) => has(answers, String(each))) ?? others.at(-1));
}

/** The described answer that a status means: itself, its range, or the default. */
function statusOf(operation, code) {
  const { answers } = operation;
  return [String(code), `${String(code)[0]}XX`, "default"].find((each) => has(answers, each));
}

function covers(range, type) {
  return range === type || range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}

function acceptance(accept, type) {
  let best = 0;
  let closest = -1;
  for (const each of accept.toLowerCase().split(",")) {
    const [range, ...parameters] = each.split(";").map((part) => part.trim());
    const closeness = range === type ? 2 : range.endsWith("/*") && range !== "*/*" ? 1 : 0;
    if (!covers(range, type) || closeness < closest) continue;
    const quality = parameters.find((part) => part.startsWith("q="));
    [best, closest] = [quality ? Number(quality.slice(2)) || 0 : 1, closeness];
  }
  return best;
}

const cookies = (headers) => parseCookies(headers.cookie ?? "");

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const problemOf = (status) => ({ type: "about:blank", title: TITLES[status] ?? "Answer", status });

const pick = (value, names) => Object.fromEntries(names.map((name) => [name, value[name]]));

function problem(status, detail) {
  const body = { ...problemOf(status), ...(detail ? { detail } : {}) };
  return { status, headers: [["Content-Type", PROBLEM]], body: JSON.stringify(body) };
}

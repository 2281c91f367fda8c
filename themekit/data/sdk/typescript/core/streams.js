// Streams of events and of lines, read as they come, whatever the pieces are in which they come.

import { ConnectionError, DecodeError } from "./errors.js";
import { parseJson } from "./json.js";

/** The texts of a body, decoded; the connection is closed when whoever reads stops. */
async function* texts(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Lines that end with CR, LF or both. What follows the last end of a line is a line if `hasRest`. */
async function* lines(body, { hasRest }) {
  let buffer = "";
  let isAfterReturn = false;
  for await (const text of texts(body)) {
    let piece = text;
    if (isAfterReturn && piece !== "") {
      isAfterReturn = false;
      if (piece[0] === "\n") {
        piece = piece.slice(1);
      }
    }
    if (!/[\r\n]/.test(piece)) {
      buffer += piece;
      continue;
    }
    const found = (buffer + piece).split(/\r\n|\n|\r/);
    isAfterReturn = piece.endsWith("\r");
    buffer = found.pop();
    yield* found;
  }
  if (hasRest && buffer !== "") {
    yield buffer;
  }
}

/** Server-sent events, as the HTML standard reads them. */
export async function* serverSentEvents(body) {
  let data = [];
  let event = "";
  let id;
  let retryMs;
  for await (const line of lines(body, { hasRest: false })) {
    if (line === "") {
      if (data.length > 0) {
        yield { event: event || "message", data: data.join("\n"), id, retryMs };
      }
      data = [];
      event = "";
      continue;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") {
      data.push(value);
    } else if (name === "event") {
      event = value;
    } else if (name === "id" && !value.includes("\0")) {
      id = value;
    } else if (name === "retry" && /^\d+$/.test(value)) {
      retryMs = Number(value);
    }
  }
}

const END = "[DONE]";
const RECONNECT_MS = 1000;
const MAX_RECONNECT_MS = 30_000;

/** An endless list that is read with `for await`. It connects when it is read first. */
export class Stream {
  #open;
  #format;
  #signal;
  #isClosed = false;
  #response;

  /** The id of the last event, to go on after it later. */
  lastEventId;

  constructor(open, { format, signal }) {
    this.#open = open;
    this.#format = format;
    this.#signal = signal;
  }

  /** Stop reading, and close the connection. */
  close() {
    this.#isClosed = true;
    this.#response?.abort();
  }

  async *[Symbol.asyncIterator]() {
    let pauseMs = RECONNECT_MS;
    for (;;) {
      const before = this.lastEventId;
      const opened = await this.#open(this.lastEventId);
      this.#response = opened;
      try {
        for await (const item of this.#items(opened.response.body)) {
          if (item.retryMs !== undefined) {
            pauseMs = Math.min(item.retryMs, MAX_RECONNECT_MS);
          }
          if (item.isEnd) {
            return;
          }
          yield item.value;
        }
      } catch (error) {
        if (this.#isClosed) {
          return;
        }
        this.#signal?.throwIfAborted();
        if (error instanceof DecodeError) {
          throw error;
        }
        if (!this.#mayResume(before)) {
          throw new ConnectionError("the stream broke", { cause: error });
        }
      } finally {
        opened.abort();
      }
      if (this.#isClosed || !this.#mayResume(before)) {
        return;
      }
      await pause(pauseMs, this.#signal);
    }
  }

  #mayResume(before) {
    return (
      this.#format.resume === true &&
      this.lastEventId !== undefined &&
      this.lastEventId !== before
    );
  }

  async *#items(body) {
    if (body === null) {
      return;
    }
    if (this.#format.kind === "json-lines") {
      for await (const line of lines(body, { hasRest: true })) {
        if (line.trim() === END) {
          yield { isEnd: true };
        } else if (line.trim() !== "") {
          yield { value: decode(line) };
        }
      }
      return;
    }
    for await (const event of serverSentEvents(body)) {
      if (event.id !== undefined) {
        this.lastEventId = event.id;
      }
      const isEnd = event.data.trim() === END;
      const value =
        isEnd || this.#format.isText ? event.data : decode(event.data);
      yield { isEnd, value, retryMs: event.retryMs };
    }
  }
}

/** Wait, unless the signal says that nobody does any more. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function decode(text) {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new DecodeError("an event of the stream is not JSON", {
      body: text,
      cause,
    });
  }
}

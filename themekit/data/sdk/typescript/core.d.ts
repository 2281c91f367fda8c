import type * as types from "./types.js";

/** The base of all errors of this library. */
export class SdkError extends Error {}

/** A call has no credentials that its operation accepts. Nothing was sent. */
export class CredentialsError extends SdkError {}

/** There was no answer: name, network, TLS, or a broken connection. */
export class ConnectionError extends SdkError {
  /** How often it was tried. */
  readonly attempts: number;
  readonly cause?: unknown;
}

/** There was no answer in time. */
export class TimeoutError extends ConnectionError {}

/** An answer that cannot be read as what the API describes. */
export class DecodeError extends SdkError {
  readonly status: number | undefined;
  readonly body: string | undefined;
  readonly cause?: unknown;
}

/** A webhook whose signature is wrong or too old. */
export class WebhookVerificationError extends SdkError {
  readonly reason: string;
}

/** An answer outside 2xx. */
export class ApiError extends SdkError {
  readonly status: number;
  readonly headers: Headers;
  /** What to tell support. */
  readonly requestId: string | undefined;
  /** The answer as it came. */
  readonly body: string;
  /** The answer's value, if it is JSON. */
  readonly data: unknown;
  /** How often it was tried. */
  readonly attempts: number;
  // @@error-members@@
}

/** 400: the request is wrong. */
export class BadRequestError extends ApiError {}

/** 401: the credentials are missing, wrong or too old. */
export class AuthenticationError extends ApiError {}

/** 403: the credentials do not allow this. */
export class PermissionDeniedError extends ApiError {}

/** 404: there is no such thing, or not for these credentials. */
export class NotFoundError extends ApiError {}

/** 409: the state of things does not allow this. */
export class ConflictError extends ApiError {}

/** 422: the request is well-formed and cannot be processed. */
export class UnprocessableError extends ApiError {}

/** 429: too many requests. */
export class RateLimitError extends ApiError {}

/** 5xx: the fault is on the other side. */
export class ServerError extends ApiError {}

/** The value of an answer, with the answer. */
export interface WithResponse<T> {
  data: T;
  response: Response;
  requestId: string | undefined;
}

/** The answer of a call. `await` gives its data; `withResponse` gives the response, too. */
export class ApiPromise<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>;
}

/** An endless list that is read with `for await`. It connects when it is read first. */
export class Stream<T> implements AsyncIterable<T> {
  /** The id of the last event, to go on after it later. */
  readonly lastEventId: string | undefined;
  /** Stop reading, and close the connection. */
  close(): void;
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
}

/** One page of a list. */
export interface Page<Item, Data> {
  items: Item[];
  data: Data;
  response: Response;
}

/** All items of a list, read with `for await`; pages are asked for as they are needed. */
export class Pages<Item, Data = unknown> implements AsyncIterable<Item> {
  /** The pages: each with its items, the whole answer, and the response. */
  pages(): AsyncGenerator<Page<Item, Data>, void, undefined>;
  /** The items as an array, at most `max` of them. */
  toArray(options?: { max?: number | undefined }): Promise<Item[]>;
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
}

/** What a request or an answer looks like to hooks; credentials are redacted. */
export interface RequestInfo {
  method: string;
  /** The path as the API describes it, without values. */
  path: string;
  url: string;
  /** 1 for the first. */
  attempt: number;
  headers: Headers;
}

/** An answer as hooks see it. */
export interface ResponseInfo extends RequestInfo {
  status: number;
  durationMs: number;
  requestId: string | undefined;
}

/** Options of one call. */
export interface RequestOptions {
  /** The time for one attempt, in milliseconds. */
  timeoutMs?: number | undefined;
  /** How often a call is repeated that fails for a time. */
  maxRetries?: number | undefined;
  /** More headers; null removes one that the client would send. */
  headers?: Record<string, string | null | undefined> | undefined;
  /** Makes repeated calls one. Without it a random one protects the retries of this call. */
  idempotencyKey?: string | undefined;
  /** Ends the whole call, with all its retries. */
  signal?: AbortSignal | undefined;
}

/** Options of a client that have nothing to do with credentials. */
export interface BaseOptions {
  /** Where requests go, instead of the address of the environment. */
  baseUrl?: string | undefined;
  /** By default as the key says, else `live`. */
  environment?: "live" | "sandbox" | undefined;
  /** The time for one attempt, in milliseconds: 60,000 if nothing is said. */
  timeoutMs?: number | undefined;
  /** How often a call is repeated that fails for a time: 3 if nothing is said. */
  maxRetries?: number | undefined;
  /** Headers of all requests; null removes one that the client would send. */
  headers?: Record<string, string | null | undefined> | undefined;
  /** What sends requests: a proxy, a recorder, a mock. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Called before each attempt. */
  onRequest?: ((request: RequestInfo) => void | Promise<void>) | undefined;
  /** Called after each answer. */
  onResponse?: ((response: ResponseInfo) => void | Promise<void>) | undefined;
}

/** The base of the client. */
export class BaseClient {
  /** Where requests go. */
  readonly baseUrl: string;
}

/** Bytes to be sent. */
export type FileContent =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | string;

/** A file to be sent: its bytes, or these with a name and a media type. */
export type Uploadable =
  | FileContent
  | {
      content: FileContent;
      filename?: string | undefined;
      contentType?: string | undefined;
    };

/** The answer with the bytes of a file; its `body` is a stream. */
export type BinaryResponse = Response & {
  readonly body: ReadableStream<Uint8Array>;
};

/**
 * A file on disk, to be uploaded. It is read while it is sent, where the runtime can do that.
 *
 * @example
 * await client.files.upload({ file: await fileFromPath("note.pdf") });
 */
export function fileFromPath(
  path: string | URL,
  options?: {
    filename?: string | undefined;
    contentType?: string | undefined;
  },
): Promise<Uploadable>;

/** Checks that webhooks are genuine. */
export class Webhooks<Event> {
  /** The event of a webhook, if one of the secrets has signed it and it is not old. */
  verify(
    body: string | Uint8Array,
    signature: string | null | undefined,
    secret: string | readonly string[] | undefined,
    options?: { toleranceS?: number | undefined },
  ): Promise<Event>;
}

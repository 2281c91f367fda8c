/** The base of all errors of this library. */
export class SdkError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = this.constructor.name;
  }
}

/** A call has no credentials that its operation accepts. Nothing was sent. */
export class CredentialsError extends SdkError {}

/** There was no answer: name, network, TLS, or a broken connection. */
export class ConnectionError extends SdkError {
  constructor(message, { attempts = 1, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.attempts = attempts;
  }
}

/** There was no answer in time. */
export class TimeoutError extends ConnectionError {}

/** An answer that cannot be read as what the API describes. */
export class DecodeError extends SdkError {
  constructor(message, { status, body, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
    this.body = body;
  }
}

/** A webhook whose signature is wrong or too old. */
export class WebhookVerificationError extends SdkError {
  constructor(reason) {
    super(`the webhook is not genuine: ${reason}`);
    this.reason = reason;
  }
}

/** An answer outside 2xx. The members of a problem document are members of the error, too. */
export class ApiError extends SdkError {
  constructor({ status, headers, body, data, attempts }) {
    super(describe(status, data));
    this.status = status;
    this.headers = headers;
    this.requestId = requestIdOf(headers) ?? textMember(data, "request_id");
    this.body = body;
    this.data = data;
    this.attempts = attempts;
    for (const [name, value] of membersOf(data)) {
      if (!(name in this)) {
        Object.defineProperty(this, name, { value, enumerable: true });
      }
    }
  }
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

const BY_STATUS = new Map([
  [400, BadRequestError],
  [401, AuthenticationError],
  [403, PermissionDeniedError],
  [404, NotFoundError],
  [409, ConflictError],
  [422, UnprocessableError],
  [429, RateLimitError],
]);

export function apiError(answer) {
  const known = BY_STATUS.get(answer.status);
  if (known !== undefined) {
    return new known(answer);
  }
  return answer.status >= 500 ? new ServerError(answer) : new ApiError(answer);
}

export function requestIdOf(headers) {
  for (const name of ["request-id", "x-request-id", "x-correlation-id"]) {
    const value = headers.get(name);
    if (value) {
      return value;
    }
  }
  return undefined;
}

function describe(status, data) {
  const nested = data?.error;
  const text =
    textMember(data, "detail") ??
    textMember(data, "message") ??
    textMember(nested, "message") ??
    textMember(data, "error_description") ??
    textMember(data, "title") ??
    (typeof nested === "string" ? nested : undefined);
  return text === undefined
    ? `the API answered ${status}`
    : `the API answered ${status}: ${text}`;
}

function textMember(data, name) {
  const value = membersOf(data).find(([member]) => member === name)?.[1];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function membersOf(data) {
  const isObject =
    typeof data === "object" && data !== null && !Array.isArray(data);
  return isObject ? Object.entries(data) : [];
}

"""The errors that calls raise: no answer came, or an answer that is no success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._core.headers import Headers

__all__ = [
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "MissingCredentialsError",
    "NotFoundError",
    "PaymentDeclinedError",
    "PermissionDeniedError",
    "RateLimitError",
    "SdkError",
    "ServerError",
    "UnprocessableEntityError",
    "WebhookVerificationError",
]


class SdkError(Exception):
    """The base of all errors of this library."""


class MissingCredentialsError(SdkError):
    """The client has no credentials that the operation accepts. Nothing was sent."""


class WebhookVerificationError(SdkError, ValueError):
    """The signature of a webhook is wrong, too old or not there."""


class ApiConnectionError(SdkError):
    """There was no answer, or it broke off: name, network, TLS, time-out.

    Whether the request had an effect is unknown. `attempts` is how often it was sent.
    """

    def __init__(self, message: str, attempts: int = 1) -> None:
        super().__init__(message)
        self.attempts = attempts


class ApiTimeoutError(ApiConnectionError):
    """An attempt took longer than the time-out allows."""


class ApiError(SdkError):
    """An answer that is no success.

    `type`, `title`, `detail`, `instance` and `code` are those of the problem details
    (RFC 9457) or of the error object in the answer, where it has them. Other members
    of it are attributes too: `error.decline_code`.

    - `status`: the HTTP status
    - `headers`: the headers of the answer
    - `request_id`: the id to quote to support, if there is one
    - `body`: the body as it came
    - `json`: the body as JSON, or None if it is none
    - `data`: the body in the type that the API describes for this status, or `json`
    """

    def __init__(
        self,
        status: int,
        *,
        headers: Headers,
        body: bytes = b"",
        json: Any = None,
        data: Any = None,
        request: str = "",
    ) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        self.json = json
        self.data = data
        members = json if isinstance(json, dict) else {}
        inner = members.get("error")
        self._members: dict[str, Any] = inner if isinstance(inner, dict) else members
        self.type: str | None = self._text("type")
        self.title: str | None = self._text("title")
        self.detail: str | None = self._text("detail") or self._text("message")
        self.instance: str | None = self._text("instance")
        self.code: str | None = self._text("code")
        self.request_id: str | None = (
            headers.get("request-id")
            or headers.get("x-request-id")
            or self._text("request_id")
        )
        super().__init__(self._message(request, members))

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors go from process to process as they are."""
        return _restored, (type(self), self.args, self.__dict__)

    def __getattr__(self, name: str) -> Any:
        members = self.__dict__.get("_members")
        if members is not None and name in members:
            return members[name]
        raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")

    def _text(self, name: str) -> str | None:
        value = self._members.get(name)
        return value if isinstance(value, str) and value else None

    def _message(self, request: str, members: dict[str, Any]) -> str:
        told = [str(self.status)]
        for text in (self.code, self.title, self.detail):
            if text and text not in told:
                told.append(text)
        if len(told) == 1:
            told += [
                text
                for name in ("error", "error_description")
                if isinstance(text := members.get(name), str)
            ]
        message = ": ".join(told)
        if request:
            message = f"{request} answered {message}"
        return f"{message} ({self.request_id})" if self.request_id else message


class BadRequestError(ApiError):
    """400: the request is malformed, or a parameter is missing or invalid."""


class AuthenticationError(ApiError):
    """401: the credentials are missing, unknown or expired. 403 is one, too."""


class PaymentDeclinedError(ApiError):
    """402: a payment that this needs was declined, or is missing."""


class PermissionDeniedError(AuthenticationError):
    """403: the credentials do not allow this."""


class NotFoundError(ApiError):
    """404: there is no such thing."""


class ConflictError(ApiError):
    """409: the state of things does not allow this."""


class UnprocessableEntityError(ApiError):
    """422: the request is well-formed, and what it says cannot be done."""


class RateLimitError(ApiError):
    """429: too many requests."""


class ServerError(ApiError):
    """5xx: something failed at the other side."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentDeclinedError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def _restored(
    kind: type[ApiError], args: tuple[Any, ...], members: dict[str, Any]
) -> ApiError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(members)
    return error


def error_class(status: int) -> type[ApiError]:
    """The class of the error for a status."""
    return _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)

"""Names that classes, methods and variables of an SDK cannot have: those of the language and of the runtime."""

from __future__ import annotations

_RUNTIME_TEXT = """
ApiConnectionException ApiException ApiObject ApiParams ApiResponse ApiTimeoutException AuthenticationException
BadRequestException ClientOptions ConflictException Environment EventStream Json JsonException JsonView
MissingCredentialsException NotFoundException Page Pages PaymentDeclinedException PermissionException
RateLimitException RequestOptions SdkException ServerException ServerSentEvent UnprocessableException Upload
WebhookVerificationException Webhooks WireCall WireCredentials WireExchange WireLines WireMultipart WirePaging
WireParameter WireShape WireTokens WireTransport WireValues
"""
RUNTIME = frozenset(_RUNTIME_TEXT.split())
_NESTED_TEXT = """
Async Builder Calls Format ObjectBuilder Unknown
"""
_NESTED = frozenset(_NESTED_TEXT.split())
_IMPORTED_TEXT = """
CompletableFuture Duration Function HttpClient HttpRequest InputStream List LocalDate Map OffsetDateTime Path Set
Supplier URI
"""
_IMPORTED = frozenset(_IMPORTED_TEXT.split())
_LANGUAGE_TEXT = """
AbstractMethodError Appendable ArithmeticException AutoCloseable Boolean Byte Character CharSequence Class
ClassCastException ClassLoader Cloneable Comparable Compiler Deprecated Double Enum Error Exception Float
FunctionalInterface IllegalArgumentException IllegalStateException Integer InterruptedException Iterable Long Math
Module NullPointerException Number Object Override Package Process ProcessBuilder ProcessHandle Readable Record
Runnable Runtime RuntimeException SafeVarargs Short StackTraceElement StrictMath String StringBuffer StringBuilder
SuppressWarnings System Thread ThreadGroup ThreadLocal Throwable Void
"""
_LANGUAGE = frozenset(_LANGUAGE_TEXT.split())
CLASS_WORDS = frozenset(each.lower() for each in (*RUNTIME, *_NESTED, *_IMPORTED, *_LANGUAGE))
_KEYWORDS_TEXT = """
abstract assert boolean break byte case catch char class const continue default do double else enum extends false
final finally float for goto if implements import instanceof int interface long native new null package private
protected public return short static strictfp super switch synchronized this throw throws transient true try void
volatile while
"""
KEYWORDS = frozenset(_KEYWORDS_TEXT.split())
_OF_OBJECT_TEXT = """
clone finalize getClass hashCode notify notifyAll toString wait equals
"""
_OF_OBJECT = frozenset(_OF_OBJECT_TEXT.split())
_ACCESSOR_WORDS_TEXT = """
attach builder extra from has lastResponse toBuilder toJson
"""
ACCESSOR_WORDS = KEYWORDS | _OF_OBJECT | frozenset(_ACCESSOR_WORDS_TEXT.split())
_SETTER_WORDS_TEXT = """
add all build built put putExtra self set
"""
SETTER_WORDS = KEYWORDS | _OF_OBJECT | frozenset(_SETTER_WORDS_TEXT.split())
_PARAM_WORDS_TEXT = """
add addTo all body build header parameter put putExtra query require self
"""
PARAM_WORDS = KEYWORDS | _OF_OBJECT | frozenset(_PARAM_WORDS_TEXT.split())
METHOD_WORDS = KEYWORDS | _OF_OBJECT
_CLIENT_WORDS_TEXT = """
async builder close webhooks
"""
CLIENT_WORDS = METHOD_WORDS | frozenset(_CLIENT_WORDS_TEXT.split())
_LOCAL_WORDS_TEXT = """
options params transport
"""
LOCAL_WORDS = KEYWORDS | frozenset(_LOCAL_WORDS_TEXT.split())
_OPTION_WORDS_TEXT = """
afterResponse baseUrl beforeRequest build clientCredentials connectTimeout env environment fromEnv header http
httpClient maxRetries scopes clientId clientSecret envUrl oauth self timeout tokens url username password
"""
OPTION_WORDS = METHOD_WORDS | frozenset(_OPTION_WORDS_TEXT.split())

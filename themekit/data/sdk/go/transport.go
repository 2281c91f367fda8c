package sdk

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Response is an answer as it came.
type Response struct {
	// Status is the HTTP status.
	Status int
	// Header has the headers of the answer.
	Header http.Header
	// RequestID identifies the request: quote it to support.
	RequestID string
	// Body is what was answered; a stream or a download has none here.
	Body []byte
}

// operation is what is known of an operation before it is called.
type operation struct {
	method         string
	path           []string // the texts around the arguments
	names          []string // of the arguments
	styles         []style  // of the arguments, if one is not simple
	server         string   // if it has one of its own
	accept         string
	body           bodyKind
	mediaType      string
	parts          map[string]part
	isBodyOptional bool
	preset         map[string]any // members of the body that the method settles
	idempotency    string         // the name of a header
	security       []alternative
	errors         []described
	resumes        bool // a stream goes on after Last-Event-ID
}

type bodyKind int

const (
	noBody bodyKind = iota
	jsonBody
	formBody
	multipartBody
	textBody
	rawBody
)

// call is one use of an operation.
type call struct {
	*operation
	settings  settings
	arguments []any
	params    any
	query     map[string]string // replaces parameters: the place of the next page
	members   map[string]any    // replaces members of a JSON body
	url       string            // replaces the address
	header    http.Header
	isStream  bool
	attempts  int
}

type caller struct {
	settings settings
	tokens   *tokenStore
}

func newCaller(options []Option) *caller {
	return &caller{settings: newSettings(options), tokens: newTokenStore()}
}

// String names the address and no credentials.
func (c *caller) String() string { return "client of " + c.settings.url() }

// GoString is String.
func (c *caller) GoString() string { return c.String() }

func (c *caller) call(op *operation, arguments []any, params any, options []Option) *call {
	return &call{operation: op, settings: c.settings.with(options), arguments: arguments, params: params, header: http.Header{}}
}

// send sends the request until there is an answer of success. The caller closes
// its body, and calls the function when it is done.
func (c *caller) send(ctx context.Context, each *call) (*http.Response, context.CancelFunc, error) {
	request, err := each.prepare()
	if err != nil {
		return nil, nil, err
	}
	renewed := false
	for attempt := 0; ; attempt++ {
		each.attempts = attempt + 1
		answer, cancel, err := c.attempt(ctx, each, request)
		var problem *Error
		switch {
		case err == nil:
			return answer, cancel, nil
		case errors.As(err, &problem) && problem.Status == http.StatusUnauthorized && request.token != nil && !renewed:
			renewed = true
			c.tokens.forget(request.token)
			if request.body.rewind() {
				attempt--
				continue
			}
			return nil, nil, err
		case !each.mayRetry(ctx, request, attempt, err) || !request.body.rewind():
			return nil, nil, err
		}
		if err := each.pause(ctx, attempt, err); err != nil {
			return nil, nil, &ConnectionError{Attempts: attempt + 1, Err: err}
		}
	}
}

// attempt sends the request once. An answer outside 2xx is an *Error.
func (c *caller) attempt(ctx context.Context, each *call, request *prepared) (*http.Response, context.CancelFunc, error) {
	ctx, cancel := each.limited(ctx)
	made, err := request.request(ctx)
	if err == nil {
		err = c.authorize(ctx, each, request, made)
	}
	for _, hook := range each.settings.beforeRequest {
		if err == nil {
			err = hook(made)
		}
	}
	if err != nil {
		cancel.stop()
		return nil, nil, err
	}
	each.settings.logger.LogAttrs(ctx, slog.LevelDebug, "request",
		slog.String("method", made.Method), slog.String("path", made.URL.Path))
	request.begin(made)
	answer, err := each.client(made.URL).Do(made)
	if err != nil {
		err = cancel.cause(err)
		cancel.stop()
		return nil, nil, &ConnectionError{Attempts: each.attempts, Err: withoutAddress(err)}
	}
	for _, hook := range each.settings.afterResponse {
		if err := hook(answer); err != nil {
			answer.Body.Close()
			cancel.stop()
			return nil, nil, err
		}
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		defer cancel.stop()
		found, err := readAnswer(answer)
		each.note(found)
		if err != nil {
			return nil, nil, &ConnectionError{Attempts: each.attempts, Err: cancel.cause(err)}
		}
		return nil, nil, errorOf(found, each.errors)
	}
	if each.isStream {
		cancel.endTimer()
		return answer, cancel.stop, nil
	}
	found, err := readAnswer(answer)
	if err != nil {
		err = cancel.cause(err)
		cancel.stop()
		return nil, nil, &ConnectionError{Attempts: each.attempts, Err: err}
	}
	answer.Body = io.NopCloser(bytes.NewReader(found.Body))
	return answer, cancel.stop, nil
}

// withoutAddress takes the URL out of an error: a key may be in its query.
func withoutAddress(err error) error {
	var located *url.Error
	if errors.As(err, &located) {
		return located.Err
	}
	return err
}

// client returns the HTTP client, made to leave credentials behind when it is
// sent to another origin.
func (c *call) client(from *url.URL) *http.Client {
	client := *c.settings.httpClient
	asked := client.CheckRedirect
	client.CheckRedirect = func(request *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("stopped after 10 redirects")
		}
		if !sameOrigin(request.URL, from) {
			keepOnly(request.Header, "Accept", "Content-Type", "User-Agent")
		}
		if asked != nil {
			return asked(request, via)
		}
		return nil
	}
	return &client
}

func keepOnly(header http.Header, names ...string) {
	kept := http.Header{}
	for _, name := range names {
		if values := header.Values(name); len(values) > 0 {
			kept[name] = values
		}
	}
	for name := range header {
		delete(header, name)
	}
	for name, values := range kept {
		header[name] = values
	}
}

func sameOrigin(one, other *url.URL) bool {
	return one.Scheme == other.Scheme && strings.EqualFold(one.Host, other.Host)
}

func (c *call) note(answer *Response) {
	if c.settings.response != nil && answer != nil {
		*c.settings.response = *answer
	}
}

func readAnswer(answer *http.Response) (*Response, error) {
	defer answer.Body.Close()
	found := answerOf(answer)
	body, err := io.ReadAll(answer.Body)
	found.Body = body
	return found, err
}

func answerOf(answer *http.Response) *Response {
	header := answer.Header
	return &Response{
		Status:    answer.StatusCode,
		Header:    header,
		RequestID: firstText(header.Get("Request-Id"), header.Get("X-Request-Id")),
	}
}

func isIdempotent(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}

func (c *call) mayRetry(ctx context.Context, request *prepared, attempt int, err error) bool {
	if attempt >= c.settings.maxRetries || ctx.Err() != nil {
		return false
	}
	if !isIdempotent(c.method) && !request.isKeyed {
		return false
	}
	var problem *Error
	if errors.As(err, &problem) {
		switch problem.Status {
		case 408, 429, 500, 502, 503, 504:
			return true
		}
		return problem.Status == http.StatusConflict && problem.Code == "idempotency_in_progress"
	}
	var broken *ConnectionError
	return errors.As(err, &broken)
}

const (
	firstPause     = 500 * time.Millisecond
	longestPause   = 8 * time.Second
	longestAskedOf = 60 * time.Second
)

// pause waits as long as the server asks, or longer each time.
func (c *call) pause(ctx context.Context, attempt int, err error) error {
	wait := longestPause
	if attempt < 4 {
		wait = firstPause << attempt
	}
	wait -= time.Duration(random(int64(wait / 4)))
	var problem *Error
	if errors.As(err, &problem) {
		if asked, ok := retryAfter(problem.Header.Get("Retry-After")); ok {
			wait = asked
		}
	}
	c.settings.logger.LogAttrs(ctx, slog.LevelInfo, "retry",
		slog.Int("attempt", attempt+1), slog.Duration("pause", wait), slog.String("cause", err.Error()))
	return sleep(ctx, wait)
}

func retryAfter(value string) (time.Duration, bool) {
	if value == "" {
		return 0, false
	}
	wait := time.Duration(0)
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 {
		wait = time.Duration(min(seconds, longestAskedOf.Seconds()) * float64(time.Second))
	} else if moment, err := http.ParseTime(value); err == nil {
		wait = time.Until(moment)
	} else {
		return 0, false
	}
	return max(0, min(wait, longestAskedOf)), true
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func random(limit int64) int64 {
	if limit < 1 {
		return 0
	}
	number, err := rand.Int(rand.Reader, big.NewInt(limit))
	if err != nil {
		return 0
	}
	return number.Int64()
}

// newKey returns a random UUID (RFC 9562, version 4).
func newKey() (string, error) {
	var raw [16]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", err
	}
	raw[6] = raw[6]&0x0f | 0x40
	raw[8] = raw[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:]), nil
}

// limit is the time of one attempt.
type limit struct {
	cancel context.CancelCauseFunc
	timer  *time.Timer
	ctx    context.Context
}

func (c *call) limited(ctx context.Context) (context.Context, *limit) {
	inner, cancel := context.WithCancelCause(ctx)
	found := &limit{cancel: cancel, ctx: inner}
	if c.settings.timeout > 0 {
		found.timer = time.AfterFunc(c.settings.timeout, func() { cancel(context.DeadlineExceeded) })
	}
	return inner, found
}

func (l *limit) endTimer() {
	if l.timer != nil {
		l.timer.Stop()
	}
}

func (l *limit) stop() {
	l.endTimer()
	l.cancel(nil)
}

// cause returns what ended the attempt's context, if that ended.
func (l *limit) cause(err error) error {
	if l.ctx.Err() != nil {
		return context.Cause(l.ctx)
	}
	return err
}

// fetch calls an operation that answers JSON.
func fetch[T any](ctx context.Context, c *caller, each *call) (result T, err error) {
	answer, err := c.read(ctx, each)
	if err != nil {
		return result, err
	}
	if len(bytes.TrimSpace(answer.Body)) > 0 {
		if err := decodeInto(answer.Body, &result); err != nil {
			return result, &DecodeError{Response: answer, Err: err}
		}
	}
	return result, nil
}

// fetchObject is fetch for an object that remembers its answer.
func fetchObject[T any, P interface {
	*T
	setResponse(*Response)
}](ctx context.Context, c *caller, each *call) (*T, error) {
	answer, err := c.read(ctx, each)
	if err != nil {
		return nil, err
	}
	result := new(T)
	if len(bytes.TrimSpace(answer.Body)) > 0 {
		if err := decodeInto(answer.Body, result); err != nil {
			return nil, &DecodeError{Response: answer, Err: err}
		}
	}
	P(result).setResponse(answer)
	return result, nil
}

// fetchNothing calls an operation whose answer has no body.
func fetchNothing(ctx context.Context, c *caller, each *call) error {
	_, err := c.read(ctx, each)
	return err
}

func fetchText(ctx context.Context, c *caller, each *call) (string, error) {
	answer, err := c.read(ctx, each)
	if err != nil {
		return "", err
	}
	return string(answer.Body), nil
}

func fetchBytes(ctx context.Context, c *caller, each *call) ([]byte, error) {
	answer, err := c.read(ctx, each)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// read sends the request and returns the whole answer. One that breaks off is
// asked for again like one that never came.
func (c *caller) read(ctx context.Context, each *call) (*Response, error) {
	answer, done, err := c.send(ctx, each)
	if err != nil {
		return nil, err
	}
	defer done()
	found, err := readAnswer(answer)
	if err != nil {
		return nil, &ConnectionError{Attempts: each.attempts, Err: err}
	}
	each.note(found)
	return found, nil
}

// decoded reads an answer's body as JSON.
func decoded[T any](answer *Response) (result T, err error) {
	if err := decodeInto(answer.Body, &result); err != nil {
		return result, &DecodeError{Response: answer, Err: err}
	}
	return result, nil
}

func makeNew[T any]() any { return new(T) }

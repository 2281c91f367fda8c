package sdk

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
)

// Environment is where requests go.
type Environment string

// The environments. A base URL of your own wins over them.
const (
	Live    Environment = "live"
	Sandbox Environment = "sandbox"
)

// Option changes how a client works, or how one call does: all of them can be
// given to New and to every call.
type Option func(*settings)

// hidden is a text that no print shows.
type hidden struct{ text *string }

func hide(text string) hidden { return hidden{&text} }

func (h hidden) value() string {
	if h.text == nil {
		return ""
	}
	return *h.text
}

type settings struct {
	keys           map[string]hidden // by security scheme
	username       hidden
	password       hidden
	clientID       hidden
	clientSecret   hidden
	accessToken    hidden
	scopes         []string
	baseURL        string
	environment    Environment
	timeout        time.Duration
	maxRetries     int
	header         http.Header
	idempotencyKey string
	httpClient     *http.Client
	logger         *slog.Logger
	beforeRequest  []func(*http.Request) error
	afterResponse  []func(*http.Response) error
	response       *Response
}

const (
	defaultTimeout    = 60 * time.Second
	defaultMaxRetries = 3
	connectTimeout    = 5 * time.Second
)

func newSettings(options []Option) settings {
	transport, _ := http.DefaultTransport.(*http.Transport)
	if transport != nil {
		transport = transport.Clone()
		transport.DialContext = (&net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}).DialContext
	}
	client := &http.Client{}
	if transport != nil {
		client.Transport = transport
	}
	made := settings{
		timeout:    defaultTimeout,
		maxRetries: defaultMaxRetries,
		httpClient: client,
		logger:     slog.New(discard{}),
	}
	return made.with(options)
}

// with returns a copy that the options changed; the original stays as it is.
func (s settings) with(options []Option) settings {
	keys := make(map[string]hidden, len(s.keys))
	for name, value := range s.keys {
		keys[name] = value
	}
	s.keys = keys
	s.header = s.header.Clone()
	if s.header == nil {
		s.header = http.Header{}
	}
	s.beforeRequest = s.beforeRequest[:len(s.beforeRequest):len(s.beforeRequest)]
	s.afterResponse = s.afterResponse[:len(s.afterResponse):len(s.afterResponse)]
	for _, option := range options {
		if option != nil {
			option(&s)
		}
	}
	return s
}

// url returns the base URL, without a slash at its end.
func (s *settings) url() string {
	switch {
	case s.baseURL != "":
		return s.baseURL
	case s.environment == Sandbox && sandboxBaseURL != "":
		return sandboxBaseURL
	case s.environment == "" && sandboxBaseURL != "" && s.hasTestKey():
		return sandboxBaseURL
	}
	return liveBaseURL
}

func (s *settings) hasTestKey() bool {
	for _, key := range s.keys {
		for _, prefix := range testKeyPrefixes {
			if strings.HasPrefix(key.value(), prefix) {
				return true
			}
		}
	}
	return false
}

func withKey(scheme, value string) Option {
	return func(s *settings) {
		if value == "" {
			delete(s.keys, scheme)
			return
		}
		s.keys[scheme] = hide(value)
	}
}

// WithBaseURL sends requests to another address, such as that of an
// httptest.Server.
func WithBaseURL(url string) Option {
	return func(s *settings) { s.baseURL = strings.TrimRight(url, "/") }
}

// WithEnvironment chooses the live environment or the sandbox.
func WithEnvironment(environment Environment) Option {
	return func(s *settings) { s.environment = environment }
}

// WithTimeout limits one attempt, 60 seconds by default; 0 is no limit. The
// context limits the whole call. A stream may last longer: only its beginning
// is limited.
func WithTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// WithMaxRetries sets how often a request is repeated, 3 times by default.
func WithMaxRetries(retries int) Option {
	return func(s *settings) { s.maxRetries = retries }
}

// WithHeader sends a header with the request.
func WithHeader(name, value string) Option {
	return func(s *settings) { s.header.Set(name, value) }
}

// WithIdempotencyKey makes repeated requests one. Without it a random key is
// made for each call that takes one.
func WithIdempotencyKey(key string) Option {
	return func(s *settings) { s.idempotencyKey = key }
}

// WithHTTPClient sends requests with a client of your own: with your proxy,
// transport or tracing.
func WithHTTPClient(client *http.Client) Option {
	return func(s *settings) {
		if client != nil {
			s.httpClient = client
		}
	}
}

// WithLogger logs retries at Info and requests at Debug. It logs no credentials
// and no bodies.
func WithLogger(logger *slog.Logger) Option {
	return func(s *settings) {
		if logger != nil {
			s.logger = logger
		}
	}
}

// WithRequestHook calls a function with each request before it is sent; an error
// ends the call.
func WithRequestHook(hook func(*http.Request) error) Option {
	return func(s *settings) { s.beforeRequest = append(s.beforeRequest, hook) }
}

// WithResponseHook calls a function with each answer before it is read; an error
// ends the call.
func WithResponseHook(hook func(*http.Response) error) Option {
	return func(s *settings) { s.afterResponse = append(s.afterResponse, hook) }
}

// WithResponse stores the last answer of a call: its status, headers and body.
func WithResponse(response *Response) Option {
	return func(s *settings) { s.response = response }
}

// discard is a log that nobody reads.
type discard struct{}

func (discard) Enabled(context.Context, slog.Level) bool  { return false }
func (discard) Handle(context.Context, slog.Record) error { return nil }
func (d discard) WithAttrs([]slog.Attr) slog.Handler      { return d }
func (d discard) WithGroup(string) slog.Handler           { return d }

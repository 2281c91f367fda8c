package sdk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type thingParams struct {
	Limit  *int64            `query:"limit"`
	Tags   []string          `query:"tags"`
	Joined []string          `query:"joined" style:"form"`
	Piped  []string          `query:"piped" style:"pipeDelimited"`
	Filter map[string]string `query:"filter" style:"deepObject,explode"`
	Since  time.Time         `query:"since"`
	Where  map[string]string `query:"where" style:"json"`
	Trace  string            `header:"X-Trace"`
	Crumb  string            `cookie:"crumb"`
	Name   string            `json:"name,omitempty"`
}

func Test_ParametersAreWrittenAsTheirStylesSay(t *testing.T) {
	server := serve(t, text(`{}`))
	params := &thingParams{
		Limit: Ptr[int64](0), Tags: []string{"a b", "c&d"}, Joined: []string{"x,", "y"}, Piped: []string{"1", "2"},
		Filter: map[string]string{"k": "v/ü"}, Since: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		Where: map[string]string{"a": "b"}, Trace: "t-1", Crumb: "a;b",
	}
	each := server.caller().call(&getThing, nil, params, nil)
	if _, err := fetch[any](ctx, server.caller(), each); err != nil {
		t.Fatal(err)
	}
	found := server.last()
	equal(t, "limit=0&tags=a+b&tags=c%26d&joined=x%2C,y&piped=1%7C2&filter%5Bk%5D=v%2F%C3%BC&since=2026-01-02T00%3A00%3A00Z&where=%7B%22a%22%3A%22b%22%7D", found.query)
	equal(t, "t-1", found.header.Get("X-Trace"))
	equal(t, "crumb=a%3Bb", found.header.Get("Cookie"))
	equal(t, userAgent, found.header.Get("User-Agent"))
}

func Test_PathsCannotBeLeft(t *testing.T) {
	server := serve(t, text(`{}`))
	op := operation{method: http.MethodGet, path: []string{"/things/", "/parts/", ""}, names: []string{"thing", "part"}}
	for argument, expected := range map[any]string{
		"a/b?c#d":  "/things/a%2Fb%3Fc%23d/parts/x",
		"..":       "/things/%2E%2E/parts/x",
		int64(-12): "/things/-12/parts/x",
	} {
		if err := fetchNothing(ctx, server.caller(), server.caller().call(&op, []any{argument, "x"}, nil, nil)); err != nil {
			t.Fatal(err)
		}
		equal(t, expected, server.last().path)
	}
	before := server.count()
	if err := fetchNothing(ctx, server.caller(), server.caller().call(&op, []any{"", "x"}, nil, nil)); err == nil {
		t.Error("an empty argument was sent")
	}
	equal(t, before, server.count())
}

func Test_PathStyles(t *testing.T) {
	for _, each := range []struct {
		style    style
		value    any
		expected string
	}{
		{style{name: "label"}, []string{"a", "b"}, ".a,b"},
		{style{name: "label", explode: true}, []string{"a", "b"}, ".a.b"},
		{style{name: "matrix"}, []string{"a", "b"}, ";p=a,b"},
		{style{name: "matrix", explode: true}, map[string]string{"x": "1", "y": "2"}, ";x=1;y=2"},
		{style{name: "simple"}, map[string]string{"x": "1", "y": "2"}, "x,1,y,2"},
		{style{name: "simple", explode: true}, map[string]string{"x": "1"}, "x=1"},
	} {
		found, err := each.style.path("p", each.value)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, each.expected, found)
	}
}

func Test_OnlyWhatIsSafeToRepeatIsRepeated(t *testing.T) {
	post := operation{method: http.MethodPost, path: []string{"/thing"}}
	keyed := operation{method: http.MethodPost, path: []string{"/thing"}, idempotency: "Idempotency-Key", body: jsonBody, mediaType: "application/json"}
	for _, each := range []struct {
		op             *operation
		status, failed int
		expected       int
	}{
		{&getThing, 503, 2, 3},
		{&getThing, 429, 9, 4},
		{&getThing, 400, 9, 1},
		{&getThing, 501, 9, 1},
		{&post, 503, 9, 1},
		{&keyed, 503, 1, 2},
	} {
		server := serve(t, failing(each.status, each.failed))
		err := fetchNothing(ctx, server.caller(), server.caller().call(each.op, nil, &thingParams{Name: "n"}, nil))
		equal(t, each.expected, server.count())
		equal(t, each.failed >= each.expected, err != nil)
		if each.op == &keyed {
			first, second := server.requests[0], server.requests[1]
			equal(t, first.header.Get("Idempotency-Key"), second.header.Get("Idempotency-Key"))
			equal(t, 36, len(first.header.Get("Idempotency-Key")))
			equal(t, `{"name":"n"}`, second.body)
		}
	}
}

func Test_AKeyOfOnesOwnIsSent(t *testing.T) {
	server := serve(t, text(`{}`))
	op := operation{method: http.MethodPost, path: []string{"/"}, idempotency: "Idempotency-Key"}
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, nil, []Option{WithIdempotencyKey("order-1")}))
	equal(t, "order-1", server.last().header.Get("Idempotency-Key"))
}

func Test_RetryAfter(t *testing.T) {
	for value, expected := range map[string]time.Duration{
		"0": 0, "2": 2 * time.Second, "999": time.Minute, "Mon, 02 Jan 2006 15:04:05 GMT": 0,
		time.Now().Add(time.Hour).UTC().Format(http.TimeFormat): time.Minute,
	} {
		found, ok := retryAfter(value)
		equal(t, true, ok)
		equal(t, expected, found)
	}
	if _, ok := retryAfter("soon"); ok {
		t.Error("soon is no time")
	}
}

func Test_ErrorsSayWhatTheAnswerSays(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.Header().Set("Request-Id", "req_1")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"type":"about:blank","title":"Not found","detail":"No such thing","code":"missing","radius":3,"kind":"circle"}`)
	})
	op := getThing
	op.errors = []described{{"4XX", makeNew[circle]}}
	err := fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, nil, []Option{withTestKey("sk_secret")}))
	var problem *Error
	if !errors.As(err, &problem) || !errors.Is(err, ErrNotFound) || errors.Is(err, ErrServer) {
		t.Fatalf("found %v", err)
	}
	equal(t, "404 Not Found: missing: No such thing (request req_1)", err.Error())
	equal(t, int64(3), problem.Data.(*circle).Radius)
	equal(t, "Not found", problem.Title)
}

// withTestKey gives the bearer scheme of the tests a key.
func withTestKey(key string) Option { return withKey("test-bearer", key) }

func Test_ErrorsOfOtherForms(t *testing.T) {
	for body, expected := range map[string]string{
		`{"error":"invalid_client","error_description":"who?"}`: "400 Bad Request: invalid_client: who?",
		`{"error":{"code":"bad","message":"It is bad"}}`:        "400 Bad Request: bad: It is bad",
		`<html>`: "400 Bad Request",
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, body)
		})
		err := fetchNothing(ctx, server.caller(), server.caller().call(&getThing, nil, nil, nil))
		equal(t, expected, err.Error())
	}
}

func Test_TimeoutsAndCancelledContexts(t *testing.T) {
	release := make(chan struct{})
	server := serve(t, func(http.ResponseWriter, *http.Request, int) { <-release })
	defer close(release)
	options := []Option{WithTimeout(50 * time.Millisecond), WithMaxRetries(0)}
	err := fetchNothing(ctx, server.caller(), server.caller().call(&getThing, nil, nil, options))
	var broken *ConnectionError
	if !errors.As(err, &broken) || !errors.Is(err, ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("found %v", err)
	}
	short, cancel := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, cancel)
	started := time.Now()
	err = fetchNothing(short, server.caller(), server.caller().call(&getThing, nil, nil, nil))
	if !errors.Is(err, context.Canceled) || time.Since(started) > 3*time.Second {
		t.Errorf("found %v after %v", err, time.Since(started))
	}
}

func Test_ACancelledContextEndsThePauses(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Retry-After", "50")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	started := time.Now()
	err := fetchNothing(short, server.caller(), server.caller().call(&getThing, nil, nil, nil))
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > 5*time.Second {
		t.Errorf("found %v", err)
	}
}

func Test_AConnectionThatBreaksIsTriedAgain(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, count int) {
		if count < 3 {
			connection, _, _ := w.(http.Hijacker).Hijack()
			connection.Close()
			return
		}
		_, _ = io.WriteString(w, `{}`)
	})
	if err := fetchNothing(ctx, server.caller(), server.caller().call(&getThing, nil, nil, nil)); err != nil {
		t.Fatal(err)
	}
	err := fetchNothing(ctx, server.caller(), server.caller().call(&getThing, nil, nil, []Option{WithBaseURL("http://127.0.0.1:1"), WithMaxRetries(0)}))
	var broken *ConnectionError
	if !errors.As(err, &broken) {
		t.Fatalf("found %v", err)
	}
	equal(t, 1, broken.Attempts)
}

func Test_AnAnswerThatBreaksOffIsAskedForAgain(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, count int) {
		w.Header().Set("Content-Length", "12")
		_, _ = io.WriteString(w, `{"radius":7}`[:map[bool]int{true: 5, false: 12}[count < 2]])
	})
	found, err := fetch[circle](ctx, server.caller(), server.caller().call(&getThing, nil, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, int64(7), found.Radius)
	equal(t, 2, server.count())
}

func Test_RedirectsToAnotherOriginCarryNoCredentials(t *testing.T) {
	other := serve(t, text(`{}`))
	server := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Redirect(w, r, other.URL+"/elsewhere", http.StatusTemporaryRedirect)
	})
	op := getThing
	op.security = []alternative{{"test-bearer", "test-header", "test-query", "test-cookie"}}
	options := []Option{
		withKey("test-bearer", "s3cret-1"), withKey("test-header", "s3cret-2"), withKey("test-query", "s3cret-3"),
		withKey("test-cookie", "s3cret-4"), WithHeader("X-Own", "s3cret-5"),
	}
	if err := fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, nil, options)); err != nil {
		t.Fatal(err)
	}
	sent, followed := server.last(), other.last()
	equal(t, "Bearer s3cret-1", sent.header.Get("Authorization"))
	equal(t, "key=s3cret-3", sent.query)
	equal(t, "session=s3cret-4", sent.header.Get("Cookie"))
	if strings.Contains(fmt.Sprint(followed), "s3cret") {
		t.Errorf("credentials went along: %v", followed)
	}
}

func Test_NoSecretIsPrinted(t *testing.T) {
	var log bytes.Buffer
	server := serve(t, failing(503, 1))
	made := server.caller(withKey("test-query", "s3cret"), WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	op := getThing
	op.security = []alternative{{"test-query"}}
	each := made.call(&op, nil, nil, nil)
	if err := fetchNothing(ctx, made, each); err != nil {
		t.Fatal(err)
	}
	broken := fetchNothing(ctx, made, made.call(&op, nil, nil, []Option{WithBaseURL("http://127.0.0.1:1"), WithMaxRetries(0)}))
	shown := fmt.Sprintf("%v %+v %#v %v %+v", made, made, made, broken, each.settings)
	if strings.Contains(shown+log.String(), "s3cret") {
		t.Errorf("a secret is printed: %s %s", shown, log.String())
	}
	if !strings.Contains(log.String(), "retry") {
		t.Errorf("the retry is not logged: %s", log.String())
	}
}

func Test_Hooks(t *testing.T) {
	server := serve(t, text(`{}`))
	var seen int
	options := []Option{
		WithRequestHook(func(r *http.Request) error { r.Header.Set("X-Hook", "1"); return nil }),
		WithResponseHook(func(r *http.Response) error { seen = r.StatusCode; return nil }),
	}
	var answer Response
	_ = fetchNothing(ctx, server.caller(), server.caller(options...).call(&getThing, nil, nil, []Option{WithResponse(&answer)}))
	equal(t, "1", server.last().header.Get("X-Hook"))
	equal(t, 200, seen)
	equal(t, "{}", string(answer.Body))
	refused := errors.New("not today")
	hook := WithRequestHook(func(*http.Request) error { return refused })
	err := fetchNothing(ctx, server.caller(), server.caller().call(&getThing, nil, nil, []Option{hook}))
	equal(t, true, errors.Is(err, refused))
	equal(t, 1, server.count())
}

func Test_WithoutCredentialsNothingIsSent(t *testing.T) {
	server := serve(t, text(`{}`))
	op := getThing
	op.security = []alternative{{"test-bearer", "test-header"}, {"test-basic"}}
	err := fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, nil, []Option{withKey("test-bearer", "only one")}))
	equal(t, true, errors.Is(err, ErrCredentials))
	equal(t, 0, server.count())
}

type uploadParams struct {
	Purpose  string      `form:"purpose" api:"required"`
	Meta     *circle     `form:"meta"`
	Count    *int64      `form:"count"`
	File     io.Reader   `form:"fi\"le" api:"required"`
	More     []io.Reader `form:"more"`
	Filename string      `file:"name"`
}

var uploading = operation{
	method: http.MethodPost, path: []string{"/files"}, body: multipartBody, idempotency: "Idempotency-Key",
	parts: map[string]part{"meta": {mediaType: "application/json"}},
}

func Test_Uploads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "note.pdf")
	if err := os.WriteFile(path, []byte("%PDF"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	server := serve(t, failing(503, 1))
	params := &uploadParams{
		Purpose: "proof", Meta: &circle{Radius: 1}, File: file,
		More: []io.Reader{&NamedFile{Reader: strings.NewReader("b"), Filename: "b\"\r\n.txt", ContentType: "text/x-own"}},
	}
	if err := fetchNothing(ctx, server.caller(), server.caller().call(&uploading, nil, params, nil)); err != nil {
		t.Fatal(err)
	}
	equal(t, 2, server.count())
	equal(t, server.requests[0].body, server.requests[1].body)
	_, values, _ := mime.ParseMediaType(server.last().header.Get("Content-Type"))
	form, err := multipart.NewReader(strings.NewReader(server.last().body), values["boundary"]).ReadForm(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "proof", form.Value["purpose"][0])
	equal(t, `{"kind":"circle","radius":1}`, form.Value["meta"][0])
	equal(t, "note.pdf", form.File["fi%22le"][0].Filename)
	equal(t, "application/pdf", form.File["fi%22le"][0].Header.Get("Content-Type"))
	equal(t, "text/x-own", form.File["more"][0].Header.Get("Content-Type"))
}

func Test_AReaderThatCannotGoBackIsSentOnce(t *testing.T) {
	server := serve(t, failing(503, 1))
	params := &uploadParams{Purpose: "p", File: io.MultiReader(strings.NewReader("once"))}
	err := fetchNothing(ctx, server.caller(), server.caller().call(&uploading, nil, params, nil))
	equal(t, true, errors.Is(err, ErrServer))
	equal(t, 1, server.count())
}

func Test_Forms(t *testing.T) {
	server := serve(t, text(`{}`))
	op := operation{method: http.MethodPost, path: []string{"/"}, body: formBody, mediaType: "application/x-www-form-urlencoded"}
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, &uploadParams{Purpose: "a b&c", Count: Ptr[int64](0)}, nil))
	equal(t, "purpose=a+b%26c&count=0", server.last().body)
	equal(t, "application/x-www-form-urlencoded", server.last().header.Get("Content-Type"))
}

func Test_Downloads(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = io.WriteString(w, "%PDF-1.7")
	})
	made := server.caller(WithTimeout(time.Second))
	file, err := fetchFile(ctx, made, made.call(&getThing, nil, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "application/pdf", file.ContentType)
	equal(t, int64(8), file.Length)
	path := filepath.Join(t.TempDir(), "copy.pdf")
	if err := file.SaveTo(path); err != nil {
		t.Fatal(err)
	}
	saved, _ := os.ReadFile(path)
	equal(t, "%PDF-1.7", string(saved))
}

func Test_AnAnswerThatIsNotAsDescribed(t *testing.T) {
	server := serve(t, text(`{"radius":"wide"}`))
	_, err := fetch[circle](ctx, server.caller(), server.caller().call(&getThing, nil, nil, nil))
	var wrong *DecodeError
	if !errors.As(err, &wrong) {
		t.Fatalf("found %v", err)
	}
	equal(t, `{"radius":"wide"}`, string(wrong.Response.Body))
}

func Test_AnOptionOfACallLeavesTheClientAsItIs(t *testing.T) {
	server := serve(t, text(`{}`))
	made := server.caller(WithHeader("X-A", "client"))
	_ = fetchNothing(ctx, made, made.call(&getThing, nil, nil, []Option{WithHeader("X-A", "call"), withKey("test-bearer", "k")}))
	equal(t, "call", server.last().header.Get("X-A"))
	_ = fetchNothing(ctx, made, made.call(&getThing, nil, nil, nil))
	equal(t, "client", server.last().header.Get("X-A"))
	equal(t, 0, len(made.settings.keys))
}

func Test_JSONBodies(t *testing.T) {
	server := serve(t, text(`{}`))
	op := operation{method: http.MethodPost, path: []string{"/"}, body: jsonBody, mediaType: "application/json", isBodyOptional: true, preset: map[string]any{"stream": true}}
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, (*thingParams)(nil), nil))
	equal(t, "", server.last().body)
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, &thingParams{Name: "<a>"}, nil))
	equal(t, `{"name":"<a>","stream":true}`, server.last().body)
	type whole struct {
		Body shape `body:"required"`
	}
	op.preset = nil
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, &whole{Body: &circle{Radius: 2}}, nil))
	equal(t, `{"kind":"circle","radius":2}`, server.last().body)
	if err := fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, &whole{}, nil)); err == nil {
		t.Error("a body that is required was left out")
	}
	type nullable struct {
		Body *int64 `body:"null"`
	}
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, &nullable{}, nil))
	equal(t, "null", server.last().body)
	_ = fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, &nullable{Body: Ptr[int64](3)}, nil))
	equal(t, "3", server.last().body)
}

func Test_AnswersAreKeptWithWhatTheyAnswered(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Request-Id", "req_7")
		_, _ = io.WriteString(w, `{"radius":1}`)
	}))
	defer server.Close()
	made := newCaller([]Option{WithBaseURL(server.URL)})
	found, err := fetchObject[answered](ctx, made, made.call(&getThing, nil, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "req_7", found.LastResponse.RequestID)
	if written, _ := json.Marshal(found); string(written) != `{"radius":1}` {
		t.Errorf("found %s", written)
	}
}

type answered struct {
	Radius       int64     `json:"radius"`
	LastResponse *Response `json:"-"`

	kept kept
}

func (v *answered) UnmarshalJSON(data []byte) error { return unmarshalObject(data, v, &v.kept) }
func (v answered) MarshalJSON() ([]byte, error)     { return marshalObject(&v, v.kept) }
func (v *answered) setResponse(response *Response)  { v.LastResponse = response }

package sdk

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// ctx is the context of tests that end by themselves.
var ctx = context.Background()

func init() {
	schemes["test-bearer"] = scheme{kind: bearerScheme}
	schemes["test-header"] = scheme{kind: keyScheme, place: "header", name: "X-Test-Key"}
	schemes["test-query"] = scheme{kind: keyScheme, place: "query", name: "key"}
	schemes["test-cookie"] = scheme{kind: keyScheme, place: "cookie", name: "session"}
	schemes["test-basic"] = scheme{kind: basicScheme}
	schemes["test-oauth"] = scheme{kind: oauthScheme, tokenURL: "./token", isRelative: true}
	unions[typeOf[shape]()] = union{
		discriminator: "kind",
		variants: []variant{
			{kind: typeOf[*circle](), tags: []string{"circle"}},
			{kind: typeOf[*square](), tags: []string{"square", "box"}},
		},
	}
	unions[typeOf[loose]()] = union{
		variants: []variant{{kind: typeOf[looseText]()}, {kind: typeOf[looseNumbers]()}, {kind: typeOf[*circle]()}, {kind: typeOf[*labelled]()}},
	}
}

// recorded is a request as a server got it.
type recorded struct {
	method, path, query, body string
	header                    http.Header
}

// recorder is a server that remembers what it was asked.
type recorder struct {
	*httptest.Server
	mutex    sync.Mutex
	requests []recorded
}

func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, count int)) *recorder {
	t.Helper()
	found := &recorder{}
	found.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		found.mutex.Lock()
		found.requests = append(found.requests, recorded{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, string(body), r.Header})
		count := len(found.requests)
		found.mutex.Unlock()
		answer(w, r, count)
	}))
	t.Cleanup(found.Close)
	return found
}

func (r *recorder) last() recorded {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.requests[len(r.requests)-1]
}

func (r *recorder) count() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return len(r.requests)
}

func (r *recorder) caller(options ...Option) *caller {
	return newCaller(append([]Option{WithBaseURL(r.URL), WithTimeout(5 * time.Second)}, options...))
}

func text(answer string) func(http.ResponseWriter, *http.Request, int) {
	return func(w http.ResponseWriter, _ *http.Request, _ int) { _, _ = io.WriteString(w, answer) }
}

// failing answers with a status that is to be asked again, some times.
func failing(status, times int) func(http.ResponseWriter, *http.Request, int) {
	return func(w http.ResponseWriter, _ *http.Request, count int) {
		if count <= times {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(status)
			return
		}
		_, _ = io.WriteString(w, `{}`)
	}
}

var getThing = operation{method: http.MethodGet, path: []string{"/thing"}, accept: "application/json"}

func equal[T comparable](t *testing.T, expected, found T) {
	t.Helper()
	if expected != found {
		t.Errorf("expected %v, found %v", expected, found)
	}
}

type shape interface{ isshape() }

type circle struct {
	Kind   string                     `json:"kind" const:"\"circle\""`
	Radius int64                      `json:"radius"`
	Extra  map[string]json.RawMessage `json:"-"`

	kept kept
}

type square struct {
	Kind  string                     `json:"kind"`
	Side  int64                      `json:"side"`
	Extra map[string]json.RawMessage `json:"-"`

	kept kept
}

func (*circle) isshape()  {}
func (*square) isshape()  {}
func (*Unknown) isshape() {}

func (v *circle) UnmarshalJSON(data []byte) error { return unmarshalObject(data, v, &v.kept) }
func (v circle) MarshalJSON() ([]byte, error)     { return marshalObject(&v, v.kept) }
func (v *square) UnmarshalJSON(data []byte) error { return unmarshalObject(data, v, &v.kept) }
func (v square) MarshalJSON() ([]byte, error)     { return marshalObject(&v, v.kept) }

type loose interface{ isloose() }

type (
	looseText    string
	looseNumbers []int64
	labelled     struct {
		Kind  string                     `json:"kind"`
		Label string                     `json:"label"`
		Extra map[string]json.RawMessage `json:"-"`

		kept kept
	}
)

func (*labelled) isloose()    {}
func (*circle) isloose()      {}
func (looseText) isloose()    {}
func (looseNumbers) isloose() {}
func (*Unknown) isloose()     {}

func (v *labelled) UnmarshalJSON(data []byte) error { return unmarshalObject(data, v, &v.kept) }
func (v labelled) MarshalJSON() ([]byte, error)     { return marshalObject(&v, v.kept) }

// tree has every kind of member there is.
type tree struct {
	ID       string                     `json:"id"`
	Nothing  string                     `json:"nothing" api:"null"`
	Count    int64                      `json:"count"`
	Flag     *bool                      `json:"flag,omitempty"`
	Note     string                     `json:"note,omitempty"`
	When     time.Time                  `json:"when,omitempty"`
	Day      Date                       `json:"day,omitempty"`
	Bytes    []byte                     `json:"bytes,omitempty"`
	Children []tree                     `json:"children"`
	Grid     [][]*int64                 `json:"grid,omitempty"`
	Labels   map[string]string          `json:"labels,omitempty"`
	Shape    shape                      `json:"shape,omitempty"`
	Shapes   []shape                    `json:"shapes,omitempty"`
	Loose    loose                      `json:"loose,omitempty"`
	Any      any                        `json:"any,omitempty"`
	Odd      string                     `json:"-" wire:"odd \"name\"," api:"omit"`
	Constant string                     `json:"constant" const:"\"tree\""`
	Extra    map[string]json.RawMessage `json:"-"`

	kept kept
}

func (v *tree) UnmarshalJSON(data []byte) error { return unmarshalObject(data, v, &v.kept) }
func (v tree) MarshalJSON() ([]byte, error)     { return marshalObject(&v, v.kept) }

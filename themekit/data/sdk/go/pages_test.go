package sdk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

type listParams struct {
	After  string `query:"after"`
	Offset *int64 `query:"offset"`
	Page   *int64 `query:"page"`
}

type item struct {
	ID string `json:"id"`
}

func (i *item) UnmarshalJSON(data []byte) error { return unmarshalObject(data, i, new(kept)) }

// listing answers seven items, three a page.
func listing(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, from int) (members string)) *recorder {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		query := r.URL.Query()
		from := 0
		for name, factor := range map[string]int{"offset": 1, "page": 3} {
			if number, err := strconv.Atoi(query.Get(name)); err == nil {
				from = number * factor
			}
		}
		if after := query.Get("after"); after != "" {
			from, _ = strconv.Atoi(strings.TrimPrefix(after, "i"))
			from++
		}
		var items []string
		for index := from; index < min(from+3, 7); index++ {
			items = append(items, fmt.Sprintf(`{"id":"i%d"}`, index))
		}
		members := answer(w, r, from)
		fmt.Fprintf(w, `{"list":{"data":[%s]}%s}`, strings.Join(items, ","), members)
	})
}

func ids(t *testing.T, items Items[*item]) string {
	t.Helper()
	found, err := items.All()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, each := range found {
		names = append(names, each.ID)
	}
	return strings.Join(names, " ")
}

func Test_Pages(t *testing.T) {
	last := func(from int) int { return min(from+2, 6) }
	for name, each := range map[string]struct {
		pages    pagination
		answer   func(w http.ResponseWriter, r *http.Request, from int) string
		requests int
	}{
		"cursor": {
			pagination{kind: cursorPages, next: []string{"meta", "next"}, parameter: "after"},
			func(_ http.ResponseWriter, _ *http.Request, from int) string {
				if from+3 >= 7 {
					return `,"meta":{"next":null}`
				}
				return fmt.Sprintf(`,"meta":{"next":"i%d"}`, last(from))
			}, 3,
		},
		"last id": {
			pagination{kind: lastIDPages, idField: "id", parameter: "after", more: []string{"more"}},
			func(_ http.ResponseWriter, _ *http.Request, from int) string {
				return fmt.Sprintf(`,"more":%v`, from+3 < 7)
			}, 3,
		},
		"offset": {
			pagination{kind: offsetPages, parameter: "offset"},
			func(http.ResponseWriter, *http.Request, int) string { return "" }, 4,
		},
		"page": {
			pagination{kind: numberedPages, parameter: "page"},
			func(http.ResponseWriter, *http.Request, int) string { return "" }, 4,
		},
		"next url": {
			pagination{kind: nextURLPages, next: []string{"next"}},
			func(_ http.ResponseWriter, _ *http.Request, from int) string {
				if from+3 >= 7 {
					return ""
				}
				return fmt.Sprintf(`,"next":"/list?after=i%d"`, last(from))
			}, 3,
		},
		"link": {
			pagination{kind: linkPages},
			func(w http.ResponseWriter, r *http.Request, from int) string {
				if from+3 < 7 {
					w.Header().Add("Link", `<https://x.example/?a,b>; rel="prev"`)
					w.Header().Add("Link", fmt.Sprintf(`<http://%s/list?after=i%d>; title="x"; rel="last next"`, r.Host, last(from)))
				}
				return ""
			}, 3,
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := listing(t, each.answer)
			made := server.caller(withKey("test-bearer", "k"))
			op := operation{method: http.MethodGet, path: []string{"/list"}, security: []alternative{{"test-bearer"}}}
			each.pages.items = []string{"list", "data"}
			found := ids(t, iterate[*item](ctx, made, func() *call { return made.call(&op, nil, &listParams{}, nil) }, each.pages))
			equal(t, "i0 i1 i2 i3 i4 i5 i6", found)
			equal(t, each.requests, server.count())
			equal(t, "Bearer k", server.last().header.Get("Authorization"))
		})
	}
}

func Test_PagesStartWhereTheParametersSay(t *testing.T) {
	server := listing(t, func(http.ResponseWriter, *http.Request, int) string { return "" })
	made := server.caller()
	op := operation{method: http.MethodGet, path: []string{"/list"}}
	pages := pagination{kind: offsetPages, parameter: "offset", items: []string{"list", "data"}}
	found := ids(t, iterate[*item](ctx, made, func() *call { return made.call(&op, nil, &listParams{Offset: Ptr[int64](5)}, nil) }, pages))
	equal(t, "i5 i6", found)
}

func Test_LeavingALoopAsksForNoFurtherPage(t *testing.T) {
	server := listing(t, func(http.ResponseWriter, *http.Request, int) string { return "" })
	made := server.caller()
	op := operation{method: http.MethodGet, path: []string{"/list"}}
	pages := pagination{kind: offsetPages, parameter: "offset", items: []string{"list", "data"}}
	items := iterate[*item](ctx, made, func() *call { return made.call(&op, nil, nil, nil) }, pages)
	count := 0
	items(func(*item, error) bool { count++; return count < 2 })
	equal(t, 1, server.count())
}

func Test_TheNextPageElsewhereGetsNoCredentials(t *testing.T) {
	other := serve(t, text(`{"list":{"data":[{"id":"x"}]}}`))
	server := serve(t, text(fmt.Sprintf(`{"list":{"data":[{"id":"a"}]},"next":%q}`, other.URL)))
	made := server.caller(withKey("test-bearer", "s3cret"))
	op := operation{method: http.MethodGet, path: []string{"/list"}, security: []alternative{{"test-bearer"}}}
	pages := pagination{kind: nextURLPages, next: []string{"next"}, items: []string{"list", "data"}}
	equal(t, "a x", ids(t, iterate[*item](ctx, made, func() *call { return made.call(&op, nil, nil, nil) }, pages)))
	equal(t, "", other.last().header.Get("Authorization"))
}

func Test_AServerThatRepeatsItsCursorEndsInAnError(t *testing.T) {
	server := serve(t, text(`{"list":{"data":[{"id":"a"}]},"next":"same"}`))
	made := server.caller()
	op := operation{method: http.MethodPost, path: []string{"/list"}, body: jsonBody, mediaType: "application/json"}
	pages := pagination{kind: cursorPages, next: []string{"next"}, items: []string{"list", "data"}, parameter: "cursor", inBody: true}
	_, err := iterate[*item](ctx, made, func() *call { return made.call(&op, nil, nil, nil) }, pages).All()
	if err == nil {
		t.Error("there is no error")
	}
	equal(t, 2, server.count())
	var sent map[string]string
	if json.Unmarshal([]byte(server.last().body), &sent); sent["cursor"] != "same" {
		t.Errorf("found %s", server.last().body)
	}
}

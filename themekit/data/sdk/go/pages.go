package sdk

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Items are all items of a list, page by page, for range:
//
//	for item, err := range items {
//
// The first error ends them. Leaving the loop asks for no further page.
type Items[T any] func(yield func(T, error) bool)

// All collects the items. Use it for lists that fit into memory.
func (i Items[T]) All() ([]T, error) {
	var found []T
	var failure error
	i(func(item T, err error) bool {
		if err != nil {
			failure = err
			return false
		}
		found = append(found, item)
		return true
	})
	return found, failure
}

type pageKind int

const (
	cursorPages pageKind = iota
	lastIDPages
	offsetPages
	numberedPages
	nextURLPages
	linkPages
)

// pagination is how a list goes on.
type pagination struct {
	kind      pageKind
	items     []string // names of members that lead to the items
	next      []string
	more      []string
	parameter string
	inBody    bool
	first     int64 // the number of the first page, or the first offset
	idField   string
}

// iterate walks through all pages from the one that the parameters ask for.
func iterate[T any](ctx context.Context, c *caller, make func() *call, pages pagination) Items[T] {
	return func(yield func(T, error) bool) {
		var none T
		walk := &walk{pagination: pages, position: -1}
		for {
			each := make()
			walk.apply(each)
			answer, err := c.read(ctx, each)
			if err != nil {
				yield(none, err)
				return
			}
			items, err := walk.itemsOf(answer)
			if err != nil {
				yield(none, &DecodeError{Response: answer, Err: err})
				return
			}
			for _, raw := range items {
				var item T
				if err := decodeInto(raw, &item); err != nil {
					yield(none, &DecodeError{Response: answer, Err: err})
					return
				}
				if !yield(item, nil) {
					return
				}
			}
			if isLast, err := walk.advance(each, answer, items); err != nil || isLast {
				if err != nil {
					yield(none, &DecodeError{Response: answer, Err: err})
				}
				return
			}
		}
	}
}

// walk is where an iteration is.
type walk struct {
	pagination
	value    string // of the parameter for the next page
	address  string // of the next page
	position int64
}

func (w *walk) apply(each *call) {
	if w.kind == offsetPages || w.kind == numberedPages {
		if w.position < 0 {
			w.position = w.start(each)
			return
		}
		w.set(each, strconv.FormatInt(w.position, 10), w.position)
		return
	}
	if w.address != "" {
		each.url = w.address
	}
	if w.value != "" {
		w.set(each, w.value, w.value)
	}
}

func (w *walk) set(each *call, text string, value any) {
	if w.inBody {
		each.members = map[string]any{w.parameter: value}
		return
	}
	each.query = map[string]string{w.parameter: text}
}

// start is the position that the parameters ask for, or the first one.
func (w *walk) start(each *call) int64 {
	value := reflect.ValueOf(each.params)
	if !value.IsValid() || value.IsNil() {
		return w.first
	}
	value = value.Elem()
	for index := 0; index < value.NumField(); index++ {
		tag := value.Type().Field(index).Tag
		name, _, _ := strings.Cut(tag.Get("json"), ",")
		if tag.Get("query") != w.parameter && (!w.inBody || name != w.parameter) {
			continue
		}
		if field := value.Field(index); !field.IsZero() {
			if text, ok := plainText(field); ok {
				if number, err := strconv.ParseInt(text, 10, 64); err == nil {
					return number
				}
			}
		}
	}
	return w.first
}

func (w *walk) itemsOf(answer *Response) ([]json.RawMessage, error) {
	raw := memberAt(answer.Body, w.items)
	if raw == nil || string(raw) == "null" {
		return nil, nil
	}
	var items []json.RawMessage
	err := json.Unmarshal(raw, &items)
	return items, err
}

// memberAt follows names into an object, and returns nil if there is nothing.
func memberAt(raw json.RawMessage, names []string) json.RawMessage {
	for _, name := range names {
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) != nil {
			return nil
		}
		raw = members[name]
	}
	return raw
}

func textAt(raw json.RawMessage, names []string) string {
	tree, err := decodeAny(memberAt(raw, names))
	if err != nil {
		return ""
	}
	return treeText(tree)
}

// advance goes to the next page, and tells if there is none.
func (w *walk) advance(each *call, answer *Response, items []json.RawMessage) (bool, error) {
	if len(w.more) > 0 && string(memberAt(answer.Body, w.more)) == "false" {
		return true, nil
	}
	switch w.kind {
	case cursorPages:
		return w.goTo(textAt(answer.Body, w.next))
	case lastIDPages:
		if len(items) == 0 {
			return true, nil
		}
		return w.goTo(textAt(items[len(items)-1], []string{w.idField}))
	case offsetPages:
		w.position += int64(len(items))
		return len(items) == 0, nil
	case numberedPages:
		w.position++
		return len(items) == 0, nil
	case nextURLPages:
		return w.follow(each, textAt(answer.Body, w.next))
	}
	return w.follow(each, nextLink(answer.Header.Values("Link")))
}

var errSamePage = errors.New("the next page is the same page again")

func (w *walk) goTo(value string) (bool, error) {
	if value == "" {
		return true, nil
	}
	if value == w.value {
		return true, errSamePage
	}
	w.value = value
	return false, nil
}

func (w *walk) follow(each *call, next string) (bool, error) {
	if next == "" {
		return true, nil
	}
	current := each.url
	if current == "" {
		current = each.base() + "/"
		if path, err := each.filledPath(); err == nil {
			current = each.base() + path
		}
	}
	address, err := nextURL(current, next)
	if err == nil && address == each.url {
		err = errSamePage
	}
	w.address = address
	return err != nil, err
}

var link = regexp.MustCompile(`<([^>]*)>([^<]*)`)

// nextLink finds the target whose relation is next (RFC 8288).
func nextLink(headers []string) string {
	for _, found := range link.FindAllStringSubmatch(strings.Join(headers, ","), -1) {
		for _, parameter := range strings.Split(found[2], ";") {
			name, value, _ := strings.Cut(strings.Trim(parameter, " ,\t"), "=")
			if !strings.EqualFold(strings.TrimSpace(name), "rel") {
				continue
			}
			for _, relation := range strings.Fields(strings.Trim(strings.TrimSpace(value), `"`)) {
				if strings.EqualFold(relation, "next") {
					if _, err := url.Parse(found[1]); err == nil {
						return found[1]
					}
				}
			}
		}
	}
	return ""
}

package sdk

import (
	"encoding"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
)

// style is how OpenAPI says that a parameter is written.
type style struct {
	name     string
	explode  bool
	reserved bool // reserved characters stay as they are
	json     bool
}

// parsedStyle reads a tag such as "form,explode".
func parsedStyle(tag string, fallback style) style {
	if tag == "" {
		return fallback
	}
	words := strings.Split(tag, ",")
	found := style{name: words[0]}
	for _, word := range words[1:] {
		switch word {
		case "explode":
			found.explode = true
		case "reserved":
			found.reserved = true
		}
	}
	found.json = found.name == "json"
	return found
}

// pair is a name and a value; encoded is the value for a query if that is not
// simply escaped, as what parts the items of a list is not.
type pair struct{ name, value, encoded string }

func (p pair) escaped() string {
	if p.encoded != "" {
		return p.encoded
	}
	return url.QueryEscape(p.value)
}

type queryPair struct {
	pair
	reserved bool
}

// parameterValues are the parameters of one request.
type parameterValues struct {
	query   []queryPair
	header  http.Header
	cookies []string
}

// read takes the parameters from a struct by its tags.
func (p *parameterValues) read(params any) error {
	value := reflect.ValueOf(params)
	if !value.IsValid() || value.IsNil() {
		return nil
	}
	value = value.Elem()
	for index := 0; index < value.NumField(); index++ {
		field := value.Type().Field(index)
		for _, place := range []string{"query", "header", "cookie"} {
			name, ok := field.Tag.Lookup(place)
			if !ok || !isSent(value.Field(index), field) {
				continue
			}
			if err := p.add(place, name, value.Field(index), field.Tag.Get("style")); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if len(p.cookies) > 0 {
		p.header.Set("Cookie", strings.Join(p.cookies, "; "))
	}
	return nil
}

func isSent(value reflect.Value, field reflect.StructField) bool {
	if !value.IsZero() {
		return true
	}
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return false
	case reflect.Struct: // an object without members is one, a time that was never set is none
		if _, isText := value.Interface().(encoding.TextMarshaler); isText {
			return false
		}
	}
	return field.Tag.Get("api") == "required"
}

func (p *parameterValues) add(place, name string, value reflect.Value, tag string) error {
	switch place {
	case "query":
		how := parsedStyle(tag, style{name: "form", explode: true})
		pairs, err := how.query(name, value)
		for _, each := range pairs {
			p.query = append(p.query, queryPair{each, how.reserved})
		}
		return err
	case "header":
		text, err := parsedStyle(tag, style{name: "simple"}).joined(value, ",")
		if strings.ContainsAny(text, "\r\n\x00") {
			return fmt.Errorf("a header has no line breaks")
		}
		p.header.Set(name, text)
		return err
	}
	pairs, err := parsedStyle(tag, style{name: "form", explode: true}).query(name, value)
	for _, each := range pairs {
		p.cookies = append(p.cookies, each.name+"="+url.QueryEscape(each.value))
	}
	return err
}

func (p *parameterValues) replace(name, value string) {
	kept := p.query[:0:0]
	for _, each := range p.query {
		if each.name != name {
			kept = append(kept, each)
		}
	}
	p.query = append(kept, queryPair{pair{name, value, ""}, false})
}

// text is the query with its question mark, or nothing.
func (p *parameterValues) text() string {
	written := make([]string, len(p.query))
	for index, each := range p.query {
		value := each.escaped()
		if each.reserved {
			value = escapedButReserved(each.value)
		}
		written[index] = url.QueryEscape(each.name) + "=" + value
	}
	if len(written) == 0 {
		return ""
	}
	return "?" + strings.Join(written, "&")
}

func escapedButReserved(text string) string {
	var out strings.Builder
	for _, each := range []byte(text) {
		if each == '#' || each == '&' || each == '+' || !strings.ContainsRune(":/?[]@!$'()*,;=-._~", rune(each)) && !isAlphanumeric(each) {
			fmt.Fprintf(&out, "%%%02X", each)
			continue
		}
		out.WriteByte(each)
	}
	return out.String()
}

func isAlphanumeric(each byte) bool {
	return '0' <= each && each <= '9' || 'a' <= each && each <= 'z' || 'A' <= each && each <= 'Z'
}

func (s style) query(name string, value reflect.Value) ([]pair, error) {
	if s.json {
		raw, err := encodeValue(value)
		return []pair{{name, string(raw), ""}}, err
	}
	items, err := itemsOf(value)
	if err != nil {
		return nil, err
	}
	switch {
	case s.name == "deepObject" && items.isObject:
		return deepPairs(name, items.tree), nil
	case items.isObject && s.explode:
		return items.pairs, nil
	case items.isList && s.explode:
		found := make([]pair, len(items.pairs))
		for index, each := range items.pairs {
			found[index] = pair{name, each.value, ""}
		}
		return found, nil
	}
	separator, escaped := ",", ","
	switch s.name {
	case "spaceDelimited":
		separator, escaped = " ", "%20"
	case "pipeDelimited":
		separator, escaped = "|", "%7C"
	}
	whole := pair{name: name, value: items.joined(separator, false)}
	for index, each := range items.pairs {
		items.pairs[index] = pair{url.QueryEscape(each.name), each.escaped(), ""}
	}
	whole.encoded = items.joined(escaped, false)
	return []pair{whole}, nil
}

func (s style) joined(value reflect.Value, separator string) (string, error) {
	if s.json {
		raw, err := encodeValue(value)
		return string(raw), err
	}
	items, err := itemsOf(value)
	return items.joined(separator, s.explode), err
}

// path writes an argument of a path, escaped.
func (s style) path(name string, argument any) (string, error) {
	value := reflect.ValueOf(argument)
	if !value.IsValid() {
		return "", nil
	}
	if s.json {
		raw, err := encodeValue(value)
		return segment(string(raw)), err
	}
	items, err := itemsOf(value)
	if err != nil {
		return "", err
	}
	for index := range items.pairs {
		items.pairs[index].name = segment(items.pairs[index].name)
		items.pairs[index].value = segment(items.pairs[index].value)
	}
	switch s.name {
	case "label":
		if s.explode {
			return "." + items.joined(".", true), nil
		}
		return "." + items.joined(",", false), nil
	case "matrix":
		return items.matrix(segment(name), s.explode), nil
	}
	return items.joined(",", s.explode), nil
}

func (i items) matrix(name string, explode bool) string {
	if !explode || !i.isList && !i.isObject {
		return ";" + name + "=" + i.joined(",", false)
	}
	var out strings.Builder
	for _, each := range i.pairs {
		if i.isObject {
			name = each.name
		}
		out.WriteString(";" + name + "=" + each.value)
	}
	return out.String()
}

// segment escapes a text for one segment of a path; "." and ".." would be
// taken for steps through folders.
func segment(text string) string {
	if text == "." || text == ".." {
		return strings.ReplaceAll(text, ".", "%2E")
	}
	return url.PathEscape(text)
}

// items is a value as parameters have it: one text, a list or an object.
type items struct {
	pairs            []pair
	isList, isObject bool
	tree             any
}

func (i items) joined(separator string, explode bool) string {
	texts := make([]string, 0, len(i.pairs))
	for _, each := range i.pairs {
		switch {
		case i.isObject && explode:
			texts = append(texts, each.name+"="+each.value)
		case i.isObject:
			texts = append(texts, each.name, each.value)
		default:
			texts = append(texts, each.value)
		}
	}
	return strings.Join(texts, separator)
}

func itemsOf(value reflect.Value) (items, error) {
	if text, ok := plainText(value); ok {
		return items{pairs: []pair{{"", text, ""}}}, nil
	}
	raw, err := encodeValue(value)
	if err != nil {
		return items{}, err
	}
	tree, err := decodeAny(raw)
	if err != nil {
		return items{}, err
	}
	switch found := tree.(type) {
	case []any:
		list := items{isList: true, tree: tree}
		for _, each := range found {
			list.pairs = append(list.pairs, pair{"", treeText(each), ""})
		}
		return list, nil
	case map[string]any:
		object := items{isObject: true, tree: tree}
		for _, name := range sortedNames(found) {
			object.pairs = append(object.pairs, pair{name, treeText(found[name]), ""})
		}
		return object, nil
	}
	return items{pairs: []pair{{"", treeText(tree), ""}}}, nil
}

func plainText(value reflect.Value) (string, bool) {
	for value.Kind() == reflect.Pointer && !value.IsNil() {
		value = value.Elem()
	}
	if moment, ok := value.Interface().(time.Time); ok {
		return moment.Format(time.RFC3339Nano), true
	}
	if _, ok := value.Interface().(json.Marshaler); ok {
		return "", false
	}
	if text, ok := value.Interface().(encoding.TextMarshaler); ok {
		written, err := text.MarshalText()
		return string(written), err == nil
	}
	switch value.Kind() {
	case reflect.String:
		return value.String(), true
	case reflect.Bool:
		return strconv.FormatBool(value.Bool()), true
	case reflect.Int32, reflect.Int64:
		return strconv.FormatInt(value.Int(), 10), true
	}
	return "", false
}

func treeText(tree any) string {
	switch found := tree.(type) {
	case nil:
		return ""
	case string:
		return found
	case bool, json.Number:
		return fmt.Sprint(found)
	}
	raw, _ := encode(tree)
	return string(raw)
}

func sortedNames(object map[string]any) []string {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func deepPairs(name string, tree any) []pair {
	var found []pair
	switch value := tree.(type) {
	case map[string]any:
		for _, inner := range sortedNames(value) {
			found = append(found, deepPairs(name+"["+inner+"]", value[inner])...)
		}
	case []any:
		for _, each := range value {
			found = append(found, pair{name, treeText(each), ""})
		}
	default:
		found = append(found, pair{name, treeText(tree), ""})
	}
	return found
}

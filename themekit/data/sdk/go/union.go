package sdk

import (
	"bytes"
	"encoding/json"
	"reflect"
	"time"
)

// union says which Go types an interface stands for. A variant is a pointer to
// an object, or a type with a method of its own for a text, a number or a list.
type union struct {
	discriminator string
	variants      []variant
}

type variant struct {
	kind reflect.Type
	tags []string
}

func typeOf[T any]() reflect.Type { return reflect.TypeOf((*T)(nil)).Elem() }

// decodeUnion reads a value into an interface: the variant that its
// discriminator names, or the one that fits best.
func decodeUnion(raw json.RawMessage, value reflect.Value) error {
	known, ok := unions[value.Type()]
	if !ok {
		return json.Unmarshal(raw, value.Addr().Interface())
	}
	if kind := known.choose(raw); kind != nil {
		found := reflect.New(kind).Elem()
		if decode(raw, found) == nil && !isNil(found) {
			value.Set(found)
			return nil
		}
	}
	value.Set(reflect.ValueOf(&Unknown{JSON: append(json.RawMessage(nil), raw...)}))
	return nil
}

func isNil(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return value.IsNil()
	}
	return false
}

func (u union) choose(raw json.RawMessage) reflect.Type {
	tree, err := decodeAny(raw)
	if err != nil {
		return nil
	}
	if kind := u.tagged(tree); kind != nil {
		return kind
	}
	var best reflect.Type
	var most int
	for _, each := range u.variants {
		if u.discriminator != "" && len(each.tags) > 0 {
			continue
		}
		if score, ok := fit(tree, each.kind, 0); ok && (best == nil || score > most) {
			best, most = each.kind, score
		}
	}
	return best
}

func (u union) tagged(tree any) reflect.Type {
	object, ok := tree.(map[string]any)
	if !ok || u.discriminator == "" {
		return nil
	}
	tag, ok := object[u.discriminator].(string)
	if !ok {
		return nil
	}
	for _, each := range u.variants {
		for _, known := range each.tags {
			if known == tag {
				return each.kind
			}
		}
	}
	return nil
}

// fit tells whether a JSON value can be of a Go type, and how well: a member
// that the type declares counts for it, one that it does not know against it.
func fit(tree any, kind reflect.Type, depth int) (int, bool) {
	if tree == nil || kind == rawType || kind == anyType || depth > 16 {
		return 0, true
	}
	switch kind.Kind() {
	case reflect.Pointer:
		return fit(tree, kind.Elem(), depth)
	case reflect.Interface:
		return fitUnion(tree, kind, depth)
	case reflect.String:
		text, ok := tree.(string)
		return fitEnum(text, ok, kind)
	case reflect.Bool:
		_, ok := tree.(bool)
		return 1, ok
	case reflect.Int32, reflect.Int64:
		number, ok := tree.(json.Number)
		if ok {
			_, err := wholeNumber(json.RawMessage(number), kind.Bits())
			ok = err == nil
		}
		return 2, ok
	case reflect.Float32, reflect.Float64:
		_, ok := tree.(json.Number)
		return 1, ok
	case reflect.Slice:
		return fitList(tree, kind, depth)
	case reflect.Map:
		return fitMap(tree, kind, depth)
	}
	return fitStruct(tree, kind, depth)
}

// fitEnum prefers a known value of an enumeration to a text, and a text to an
// unknown value.
func fitEnum(text string, ok bool, kind reflect.Type) (int, bool) {
	values, isEnum := reflect.Zero(kind).Interface().(interface{ known() []string })
	if !ok || !isEnum {
		return 1, ok
	}
	for _, each := range values.known() {
		if each == text {
			return 2, true
		}
	}
	return 0, true
}

func fitUnion(tree any, kind reflect.Type, depth int) (int, bool) {
	known, ok := unions[kind]
	if !ok {
		return 0, true
	}
	if tagged := known.tagged(tree); tagged != nil {
		score, ok := fit(tree, tagged, depth+1)
		return score + 1, ok
	}
	most, found := 0, false
	for _, each := range known.variants {
		if score, ok := fit(tree, each.kind, depth+1); ok && (!found || score > most) {
			most, found = score, true
		}
	}
	return most, found
}

func fitList(tree any, kind reflect.Type, depth int) (int, bool) {
	if kind.Elem().Kind() == reflect.Uint8 {
		_, ok := tree.(string)
		return 1, ok
	}
	items, ok := tree.([]any)
	if !ok {
		return 0, false
	}
	total := 1
	for _, item := range items {
		score, ok := fit(item, kind.Elem(), depth+1)
		if !ok {
			return 0, false
		}
		total += score
	}
	return total, true
}

func fitMap(tree any, kind reflect.Type, depth int) (int, bool) {
	object, ok := tree.(map[string]any)
	if !ok {
		return 0, false
	}
	for _, item := range object {
		if _, ok := fit(item, kind.Elem(), depth+1); !ok {
			return 0, false
		}
	}
	return 0, true
}

func fitStruct(tree any, kind reflect.Type, depth int) (int, bool) {
	if kind == timeType || kind == typeOf[Date]() {
		text, ok := tree.(string)
		if ok && kind == timeType {
			_, err := time.Parse(time.RFC3339, text)
			return 2, err == nil
		}
		if ok {
			_, err := ParseDate(text)
			return 2, err == nil
		}
		return 0, false
	}
	if kind.NumField() == 1 && kind.Field(0).Name == "Value" {
		return fit(tree, kind.Field(0).Type, depth+1)
	}
	object, ok := tree.(map[string]any)
	if !ok {
		return 0, false
	}
	plan := planOf(kind)
	total := 0
	for _, each := range plan.members {
		item, present := object[each.wire]
		if !present {
			if !each.optional {
				return 0, false
			}
			continue
		}
		if each.constant != nil {
			written, _ := encode(item)
			if !bytes.Equal(written, each.constant) {
				return 0, false
			}
			total += 2
		}
		score, ok := fit(item, kind.Field(each.index).Type, depth+1)
		if !ok {
			return 0, false
		}
		total += score + 1
	}
	for name := range object {
		if _, declared := plan.byWire[name]; !declared {
			total--
		}
	}
	return total, true
}

package sdk

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// kept holds members as they came whose Go value is the zero value, so that
// writing an object gives what was read: null and "" stay what they were.
type kept map[string]json.RawMessage

type member struct {
	index    int
	wire     string
	optional bool // the zero value is not written
	nullable bool // the zero value is written as null
	constant json.RawMessage
}

type objectPlan struct {
	members []member
	byWire  map[string]int
	extra   int // the index of the field Extra, or -1
}

var (
	plans       sync.Map
	timeType    = reflect.TypeOf(time.Time{})
	rawType     = reflect.TypeOf(json.RawMessage(nil))
	anyType     = reflect.TypeOf((*any)(nil)).Elem()
	unmarshaler = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()
	textReader  = reflect.TypeOf((*encoding.TextUnmarshaler)(nil)).Elem()
	marshaler   = reflect.TypeOf((*json.Marshaler)(nil)).Elem()
)

// planOf reads the tags of a struct once.
func planOf(kind reflect.Type) *objectPlan {
	if found, ok := plans.Load(kind); ok {
		return found.(*objectPlan)
	}
	plan := &objectPlan{byWire: map[string]int{}, extra: -1}
	for index := 0; index < kind.NumField(); index++ {
		field := kind.Field(index)
		if field.Name == "Extra" {
			plan.extra = index
		}
		found, ok := memberOf(field)
		if !ok {
			continue
		}
		found.index = index
		plan.byWire[found.wire] = len(plan.members)
		plan.members = append(plan.members, found)
	}
	stored, _ := plans.LoadOrStore(kind, plan)
	return stored.(*objectPlan)
}

func memberOf(field reflect.StructField) (member, bool) {
	tag, ok := field.Tag.Lookup("json")
	if !ok {
		return member{}, false
	}
	name, options, _ := strings.Cut(tag, ",")
	found := member{wire: name}
	if name == "-" {
		if found.wire, ok = field.Tag.Lookup("wire"); !ok {
			return member{}, false
		}
	}
	found.optional = options == "omitempty" || field.Tag.Get("api") == "omit"
	found.nullable = field.Tag.Get("api") == "null"
	if value, ok := field.Tag.Lookup("const"); ok {
		found.constant = json.RawMessage(value)
	}
	return found, true
}

// unmarshalObject reads a JSON object into the struct that target points to.
func unmarshalObject(data []byte, target any, zeros *kept) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	value := reflect.ValueOf(target).Elem()
	plan := planOf(value.Type())
	*zeros = nil
	for _, each := range plan.members {
		raw, ok := members[each.wire]
		if !ok {
			continue
		}
		delete(members, each.wire)
		field := value.Field(each.index)
		if err := decodeMember(raw, field); err != nil {
			return fmt.Errorf("%s: %w", each.wire, err)
		}
		if field.IsZero() {
			if *zeros == nil {
				*zeros = kept{}
			}
			(*zeros)[each.wire] = append(json.RawMessage(nil), raw...)
		}
	}
	if plan.extra < 0 || len(members) == 0 {
		return nil
	}
	return decodeExtra(members, value.Field(plan.extra))
}

// decodeMember reads a time that is none as the zero time, as one bad date
// would otherwise take the whole answer with it.
func decodeMember(raw json.RawMessage, field reflect.Value) error {
	err := decode(raw, field)
	if err != nil && (field.Type() == timeType || field.Type() == reflect.TypeOf(Date{})) && raw[0] == '"' {
		field.SetZero()
		return nil
	}
	return err
}

func decodeExtra(members map[string]json.RawMessage, field reflect.Value) error {
	extra := reflect.MakeMapWithSize(field.Type(), len(members))
	for name, raw := range members {
		item := reflect.New(field.Type().Elem()).Elem()
		if err := decode(raw, item); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		extra.SetMapIndex(reflect.ValueOf(name), item)
	}
	field.Set(extra)
	return nil
}

// decodeInto reads a JSON value into what target points to.
func decodeInto(data []byte, target any) error {
	return decode(bytes.TrimSpace(data), reflect.ValueOf(target).Elem())
}

func decode(raw json.RawMessage, value reflect.Value) error {
	kind := value.Type()
	switch {
	case kind == rawType:
		value.SetBytes(append([]byte(nil), raw...))
		return nil
	case kind == anyType:
		decoded, err := decodeAny(raw)
		if err == nil && decoded != nil {
			value.Set(reflect.ValueOf(decoded))
		}
		return err
	case bytes.Equal(raw, []byte("null")):
		value.SetZero()
		return nil
	case kind.Kind() == reflect.Interface:
		return decodeUnion(raw, value)
	case kind.Kind() == reflect.Pointer:
		if value.IsNil() {
			value.Set(reflect.New(kind.Elem()))
		}
		return decode(raw, value.Elem())
	case reflect.PointerTo(kind).Implements(unmarshaler):
		return value.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
	case isBytes(kind), reflect.PointerTo(kind).Implements(textReader):
		return json.Unmarshal(raw, value.Addr().Interface())
	}
	return decodePlain(raw, value)
}

func isBytes(kind reflect.Type) bool {
	return kind.Kind() == reflect.Slice && kind.Elem().Kind() == reflect.Uint8
}

func decodePlain(raw json.RawMessage, value reflect.Value) error {
	kind := value.Type()
	switch kind.Kind() {
	case reflect.Slice:
		var items []json.RawMessage
		if err := json.Unmarshal(raw, &items); err != nil {
			return err
		}
		list := reflect.MakeSlice(kind, len(items), len(items))
		for index, item := range items {
			if err := decode(item, list.Index(index)); err != nil {
				return fmt.Errorf("%d: %w", index, err)
			}
		}
		value.Set(list)
		return nil
	case reflect.Map:
		var members map[string]json.RawMessage
		if err := json.Unmarshal(raw, &members); err != nil {
			return err
		}
		return decodeExtra(members, value)
	case reflect.Int32, reflect.Int64:
		number, err := wholeNumber(raw, kind.Bits())
		value.SetInt(number)
		return err
	}
	return json.Unmarshal(raw, value.Addr().Interface())
}

// wholeNumber reads 12, and also 12.0 and 1.2e1, which are integers in JSON.
func wholeNumber(raw json.RawMessage, bits int) (int64, error) {
	number, err := strconv.ParseInt(string(raw), 10, bits)
	if err == nil || !strings.ContainsAny(string(raw), ".eE") {
		return number, err
	}
	float, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || float != math.Trunc(float) || math.Abs(float) > 1<<53 {
		return 0, fmt.Errorf("%s is not an integer of %d bits", raw, bits)
	}
	return int64(float), nil
}

// decodeAny reads any JSON value; numbers are json.Number, which loses nothing.
func decodeAny(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// marshalObject writes the struct that source points to as a JSON object.
func marshalObject(source any, zeros kept) ([]byte, error) {
	value := reflect.ValueOf(source).Elem()
	plan := planOf(value.Type())
	extra, err := encodedExtra(plan, value)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteByte('{')
	for _, each := range plan.members {
		raw, err := encodedMember(each, value.Field(each.index), zeros)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each.wire, err)
		}
		if given, ok := extra[each.wire]; ok && value.Field(each.index).IsZero() {
			raw = given
		}
		delete(extra, each.wire)
		if raw != nil {
			writeMember(&out, each.wire, raw)
		}
	}
	names := make([]string, 0, len(extra))
	for name := range extra {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		writeMember(&out, name, extra[name])
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func encodedExtra(plan *objectPlan, value reflect.Value) (map[string]json.RawMessage, error) {
	extra := map[string]json.RawMessage{}
	if plan.extra < 0 {
		return extra, nil
	}
	for entries := value.Field(plan.extra).MapRange(); entries.Next(); {
		raw, err := encodeValue(entries.Value())
		if err != nil {
			return nil, err
		}
		extra[entries.Key().String()] = raw
	}
	return extra, nil
}

func encodedMember(each member, field reflect.Value, zeros kept) (json.RawMessage, error) {
	if !field.IsZero() {
		return encodeValue(field)
	}
	if raw, ok := zeros[each.wire]; ok {
		return raw, nil
	}
	switch {
	case each.optional:
		return nil, nil
	case each.constant != nil:
		return each.constant, nil
	case each.nullable:
		return json.RawMessage("null"), nil
	}
	switch field.Kind() {
	case reflect.Slice:
		if field.Type().Elem().Kind() == reflect.Uint8 {
			return json.RawMessage(`""`), nil
		}
		return json.RawMessage("[]"), nil
	case reflect.Map:
		return json.RawMessage("{}"), nil
	}
	return encodeValue(field)
}

func writeMember(out *bytes.Buffer, name string, raw json.RawMessage) {
	if out.Len() > 1 {
		out.WriteByte(',')
	}
	quoted, _ := encodeJSON(name)
	out.Write(quoted)
	out.WriteByte(':')
	out.Write(raw)
}

// encode writes a value as JSON.
func encode(value any) ([]byte, error) {
	if value == nil {
		return []byte("null"), nil
	}
	return encodeValue(reflect.ValueOf(value))
}

func encodeValue(value reflect.Value) (json.RawMessage, error) {
	kind := value.Type()
	switch {
	case kind.Kind() == reflect.Interface, kind.Kind() == reflect.Pointer:
		if value.IsNil() {
			return json.RawMessage("null"), nil
		}
		if kind.Kind() == reflect.Interface || !kind.Implements(marshaler) {
			return encodeValue(value.Elem())
		}
	case kind.Implements(marshaler), isBytes(kind):
	case kind.Kind() == reflect.Slice:
		return encodeList(value)
	case kind.Kind() == reflect.Map && kind.Key().Kind() == reflect.String:
		return encodeMap(value)
	}
	return encodeJSON(value.Interface())
}

func encodeList(value reflect.Value) (json.RawMessage, error) {
	var out bytes.Buffer
	out.WriteByte('[')
	for index := 0; index < value.Len(); index++ {
		if index > 0 {
			out.WriteByte(',')
		}
		raw, err := encodeValue(value.Index(index))
		if err != nil {
			return nil, err
		}
		out.Write(raw)
	}
	out.WriteByte(']')
	return out.Bytes(), nil
}

func encodeMap(value reflect.Value) (json.RawMessage, error) {
	names := make([]string, 0, value.Len())
	for _, key := range value.MapKeys() {
		names = append(names, key.String())
	}
	sort.Strings(names)
	var out bytes.Buffer
	out.WriteByte('{')
	for _, name := range names {
		raw, err := encodeValue(value.MapIndex(reflect.ValueOf(name).Convert(value.Type().Key())))
		if err != nil {
			return nil, err
		}
		writeMember(&out, name, raw)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// encodeJSON is json.Marshal that leaves <, > and & as they are.
func encodeJSON(value any) (json.RawMessage, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		var wrapped *json.MarshalerError
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

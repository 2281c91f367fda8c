package sdk

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func Test_ObjectsAreWrittenAsTheyWereRead(t *testing.T) {
	for _, given := range []string{
		`{"id":"a","nothing":null,"count":0,"children":[],"constant":"tree"}`,
		`{"id":"","nothing":"","count":9007199254740993,"children":[],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"flag":false,"note":"","children":[],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"flag":null,"note":null,"when":null,"day":null,"children":null,"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"when":"2026-10-01T12:00:00.5Z","day":"2026-10-01","bytes":"AAH/","children":[],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"when":"not a time","day":"soon","bytes":"","children":[],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[{"id":"b","nothing":"x","count":2,"children":[],"constant":"tree"}],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"grid":[[1,null],[],[3]],"labels":{"a":"b"},"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"labels":{},"shapes":[],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"shape":{"kind":"circle","radius":2,"color":"red"},"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"shapes":[{"kind":"box","side":1},{"kind":"star","points":5},null],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"loose":"text","constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"loose":[1,2],"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"loose":true,"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"any":{"f":1.50,"n":12345678901234567890},"constant":"tree"}`,
		`{"id":"a","nothing":null,"count":1,"children":[],"odd \"name\",":"<&>","constant":"tree","a new member":[1,{"b":null}]}`,
	} {
		var value tree
		if err := json.Unmarshal([]byte(given), &value); err != nil {
			t.Fatalf("%s: %v", given, err)
		}
		written, err := encode(value)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, given, string(written))
	}
}

func Test_WhatAnAnswerMayBe(t *testing.T) {
	var value tree
	given := `{"count":12.0,"shape":{"kind":"circle","radius":1e1},"extra":"kept","loose":{"kind":"x","label":"y"}}`
	if err := json.Unmarshal([]byte(given), &value); err != nil {
		t.Fatal(err)
	}
	equal(t, int64(12), value.Count)
	equal(t, int64(10), value.Shape.(*circle).Radius)
	equal(t, `"kept"`, string(value.Extra["extra"]))
	equal(t, "y", value.Loose.(*labelled).Label)
	if err := json.Unmarshal([]byte(`{"count":1.5}`), &value); err == nil {
		t.Error("1.5 was read as an integer")
	}
	if err := json.Unmarshal([]byte(`{"children":[{"count":"1"}]}`), &value); err == nil || !strings.Contains(err.Error(), "children: 0: count") {
		t.Errorf("the error does not say where: %v", err)
	}
}

func Test_WhatIsSent(t *testing.T) {
	value := tree{ID: "a", Flag: Ptr(false), Shape: &circle{Radius: 1}, When: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Children: []tree{}}
	value.Extra = map[string]json.RawMessage{"note": Null(), "more": json.RawMessage(`1`)}
	written, err := encode(&value)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, `{"id":"a","nothing":null,"count":0,"flag":false,"note":null,"when":"2026-01-02T03:04:05Z","children":[],`+
		`"shape":{"kind":"circle","radius":1},"constant":"tree","more":1}`, string(written))
}

func Test_AFieldThatIsSetWinsOverWhatWasRead(t *testing.T) {
	var value tree
	if err := json.Unmarshal([]byte(`{"id":"a","nothing":null,"count":0,"note":"","children":[],"constant":"tree"}`), &value); err != nil {
		t.Fatal(err)
	}
	value.Note, value.Nothing = "new", "set"
	written, _ := encode(value)
	equal(t, `{"id":"a","nothing":"set","count":0,"note":"new","children":[],"constant":"tree"}`, string(written))
}

func Test_Dates(t *testing.T) {
	day, err := ParseDate("2026-10-01")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "2026-10-01", day.String())
	equal(t, DateOf(day.Time()), day)
	if _, err := ParseDate("2026-13-01"); err == nil {
		t.Error("there is no month 13")
	}
}

"""Answers of the descriptions' own examples are read, and written as they were."""

import json

import pytest
from go_modules import ACME, SAMPLE, SPECS, api_of, emitted, go, needs_go, stamped, written

from themekit.sdk.go.literals import string
from themekit.sdk.go.plan import planned

PATHS = (SAMPLE, SPECS / "adyen-checkout-v71-3.1.json", SPECS / "box-openapi-3.0.json")
PROGRAM = """package acme

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
)

// dropAdded takes the nulls away that an example lacks: members of any value that must be there, and that the author
// left out.
func dropAdded(before, after any) {
	switch found := after.(type) {
	case map[string]any:
		known, _ := before.(map[string]any)
		for name, each := range found {
			if _, ok := known[name]; !ok && each == nil {
				delete(found, name)
			}
			dropAdded(known[name], each)
		}
	case []any:
		known, _ := before.([]any)
		for index := 0; index < len(known) && index < len(found); index++ {
			dropAdded(known[index], found[index])
		}
	}
}

func Test_ExamplesAreWrittenAsTheyWereRead(t *testing.T) {
	for _, each := range []struct {
		place string
		value any
		text  string
	}{
%s
	} {
		if err := decodeInto([]byte(each.text), each.value); err != nil {
			t.Errorf("%%s: %%v", each.place, err)
			continue
		}
		again, err := encode(each.value)
		if err != nil {
			t.Errorf("%%s: %%v", each.place, err)
			continue
		}
		var before, after any
		err = errors.Join(json.Unmarshal([]byte(each.text), &before), json.Unmarshal(again, &after))
		dropAdded(before, after)
		if err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%%s: %%s became %%s", each.place, each.text, again)
		}
	}
}
"""


def examples(api):
    types = planned(api).types
    for operation in api.operations:
        contents = [content for response in operation.responses for content in response.contents]
        for content in contents:
            for name, text in content.examples if content.kind == "json" else ():
                yield f"{operation.id} {name}", types.of(content.type), text


@needs_go
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_examples_are_written_as_they_were_read(path, tmp_path):
    if not path.exists():
        pytest.skip(f"{path} is not there")
    api = api_of(path)
    folder = written(stamped(emitted(api, with_tests=False), ACME), tmp_path)
    rows = dict.fromkeys(
        f"\t\t{{{string(place)}, new({go_type}), {string(json.dumps(json.loads(text)))}}},"
        for place, go_type, text in examples(api)
    )
    assert rows
    written({"examples_test.go": PROGRAM % "\n".join(rows)}, folder)
    assert "" == go("test", "-count=1", "./...", folder=folder)

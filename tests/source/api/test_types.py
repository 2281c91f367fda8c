"""What each kind of schema becomes."""

import pytest

from tests.source.api.described import answering, described, model_of, of_schemas, read, type_of
from tests.source.api.model_laws import broken_laws
from themekit.model.api_types import (
    AliasType,
    Constant,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
)

ANY, STRING = Primitive("any"), Primitive("string")
NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("expected", "schema"),
    [
        (ANY, {}),
        (ANY, True),
        (ANY, {"description": "anything"}),
        (STRING, {"type": "string"}),
        (Primitive("string", "uuid"), {"type": "string", "format": "uuid"}),
        (Primitive("string", "email"), {"format": "email"}),
        (STRING, {"pattern": "a"}),
        (Primitive("date"), {"type": "string", "format": "date"}),
        (Primitive("date-time"), {"type": "string", "format": "date-time"}),
        (Primitive("base64"), {"type": "string", "format": "byte"}),
        (Primitive("base64"), {"type": "string", "contentEncoding": "base64"}),
        (Primitive("boolean"), {"type": "boolean"}),
        (Primitive("integer"), {"type": "integer"}),
        (Primitive("integer", "int64"), {"type": "integer", "format": "int64"}),
        (Primitive("int32"), {"type": "integer", "format": "int32"}),
        (Primitive("number"), {"type": "number"}),
        (Primitive("number", "double"), {"type": "number", "format": "double"}),
        (Primitive("float"), {"type": "number", "format": "float"}),
        (Primitive("number"), {"minimum": 1}),
        (Primitive("number"), {"type": ["integer", "number"]}),
        (Primitive("null"), NULL),
        (ListOf(ANY), {"type": "array"}),
        (ListOf(STRING), {"items": {"type": "string"}}),
        (MapOf(ANY), {"type": "object"}),
        (MapOf(ANY), {"type": "object", "additionalProperties": True}),
        (MapOf(STRING), {"additionalProperties": {"type": "string"}}),
        (MapOf(STRING), {"patternProperties": {"^a": {"type": "string"}}}),
        (Nullable(STRING), {"type": ["string", "null"]}),
        (Nullable(STRING), {"type": "string", "nullable": True}),
        (Nullable(STRING), {"oneOf": [{"type": "string"}, NULL]}),
        (Nullable(STRING), {"anyOf": [{"type": ["string", "null"]}, NULL]}),
        (Nullable(ListOf(STRING)), {"type": ["array", "null"], "items": {"type": "string"}}),
        (Constant('"a"'), {"const": "a"}),
        (Constant('"a"'), {"type": "string", "enum": ["a"]}),
        (Constant("1"), {"enum": [1, 1]}),
        (Nullable(Constant("1")), {"enum": [1, None]}),
        (Primitive("boolean"), {"enum": [True, False]}),
        (Constant("true"), {"enum": [True]}),
        (STRING, {"allOf": [{"type": "string"}]}),
        (STRING, {"allOf": [{"description": "d"}, {"type": "string"}]}),
        (STRING, {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a", "b"]}]}),
        (STRING, {"anyOf": [{"type": "string"}, {"type": "string", "format": "uuid"}]}),
        (STRING, {"anyOf": [{"type": "string"}, {"type": "string"}]}),
        (Primitive("number"), {"oneOf": [{"type": "integer"}, {"type": "number"}]}),
        (Primitive("integer"), {"allOf": [{"type": "integer"}, {"type": "number"}]}),
        (ANY, {"oneOf": [{"type": "string"}, {}]}),
        (ANY, {"type": ["string", "number", "boolean", "object", "array", "null"]}),
        (ListOf(Nullable(STRING)), {"type": "array", "items": {"type": "string", "nullable": True}}),
    ],
    ids=str,
)
def test_types_that_need_no_name(expected, schema):
    found, declared = type_of(schema)
    assert expected == found
    assert {} == declared


def test_an_object():
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "readOnly": True, "description": "Its id.", "examples": ["a1"]},
            "secret": {"type": "string", "writeOnly": True, "deprecated": True, "maxLength": 5, "default": "x"},
            "never": False,
        },
    }
    found, declared = type_of({"$ref": "#/components/schemas/Thing"}, schemas={"Thing": schema})
    assert Reference("thing") == found
    one, two = declared["thing"].fields
    assert ("id", ("id",), STRING, True, "read") == (one.wire, one.name, one.type, one.is_required, one.access)
    assert ("Its id.", ('"a1"',)) == (one.docs.description, one.docs.examples)
    assert (False, "write", True) == (two.is_required, two.access, two.docs.is_deprecated)
    assert ((("maxLength", "5"),), '"x"') == (two.docs.limits, two.docs.default)
    assert declared["thing"].extra is None
    assert "/components/schemas/Thing" == declared["thing"].origin.pointer


def test_further_members():
    base = {"properties": {"a": {"type": "string"}}}
    declared = model_of({"A": base | {"additionalProperties": {"type": "integer"}}}).declarations()
    assert Primitive("integer") == declared["a"].extra
    assert ANY == model_of({"A": base | {"additionalProperties": True}}).declarations()["a"].extra
    assert model_of({"A": base | {"additionalProperties": False}}).declarations()["a"].extra is None


def test_an_object_of_which_nothing_is_allowed_is_an_object():
    declared = model_of({"A": {"type": "object", "additionalProperties": False}}).declarations()
    assert () == declared["a"].fields


def test_limits_of_3_0_are_as_in_3_1():
    old = {"type": "integer", "minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False}
    model, _ = read(of_schemas({"A": {"properties": {"a": old}}}, version="3.0.3"))
    assert (("exclusiveMinimum", "0"), ("maximum", "9")) == model.types[0].fields[0].docs.limits


def test_components_that_are_no_declaration_get_an_alias():
    declared = model_of(
        {
            "Currency": {"type": "string", "description": "ISO 4217"},
            "Tags": {"items": {"$ref": "#/components/schemas/Currency"}},
        }
    ).declarations()
    assert AliasType("currency", ("currency",), STRING, docs=declared["currency"].docs) == declared["currency"]
    assert "ISO 4217" == declared["currency"].docs.description
    assert ListOf(Reference("currency")) == declared["tags"].target


def test_a_component_that_is_any_value_needs_no_name():
    model = model_of({"A": {}, "B": {"properties": {"a": {"$ref": "#/components/schemas/A"}}}})
    assert ["b"] == [each.id for each in model.types]
    assert ANY == model.types[0].fields[0].type


def test_a_nullable_component_is_nullable_where_it_is_used():
    model = model_of({"A": {"type": ["object", "null"], "properties": {"b": {"type": "string"}}}})
    assert Nullable(Reference("a")) == model.operations[0].responses[0].contents[0].type


def test_a_component_that_only_refers_is_the_other_one():
    model = model_of({"A": {"$ref": "#/components/schemas/B"}, "B": {"properties": {"b": {"type": "string"}}}})
    assert ["b"] == [each.id for each in model.types]


def test_texts_beside_a_reference_count_where_they_stand():
    schemas = {
        "Money": {"type": "string", "description": "An amount.", "maxLength": 9},
        "A": {
            "properties": {
                "own": {"$ref": "#/components/schemas/Money", "description": "What it costs."},
                "other": {"$ref": "#/components/schemas/Money"},
                "wrapped": {
                    "allOf": [{"$ref": "#/components/schemas/Money"}],
                    "description": "Wrapped.",
                    "readOnly": True,
                },
            }
        },
    }
    own, other, wrapped = model_of(schemas).declarations()["a"].fields
    assert ["What it costs.", "An amount.", "Wrapped."] == [each.docs.description for each in (own, other, wrapped)]
    assert {Reference("money")} == {each.type for each in (own, other, wrapped)}
    assert (("maxLength", "9"),) == own.docs.limits
    assert "read" == wrapped.access


def test_all_of_is_one_object():
    schemas = {
        "Base": {"required": ["id"], "properties": {"id": {"type": "string"}, "kind": {"type": "string"}}},
        "Child": {
            "allOf": [
                {"$ref": "#/components/schemas/Base"},
                {"required": ["more"], "properties": {"more": {"type": "integer"}}},
            ],
            "properties": {"kind": {"const": "child"}},
        },
    }
    declared = model_of(schemas).declarations()
    fields = {each.wire: (each.type, each.is_required) for each in declared["child"].fields}
    expected = {"id": (STRING, True), "kind": (Constant('"child"'), False), "more": (Primitive("integer"), True)}
    assert expected == fields


def test_a_member_that_stands_twice_is_merged():
    schemas = {
        "A": {"properties": {"data": {"properties": {"one": {"type": "string"}}}}},
        "B": {
            "allOf": [
                {"$ref": "#/components/schemas/A"},
                {"properties": {"data": {"properties": {"two": {"type": "string"}}}}},
            ]
        },
    }
    declared = model_of(schemas).declarations()
    (data,) = declared["b"].fields
    assert ["one", "two"] == [each.wire for each in declared[data.type.id].fields]
    assert ["one"] == [each.wire for each in declared["a_data"].fields]


def test_parts_that_exclude_each_other_are_reported():
    model, found = read(of_schemas({"A": {"allOf": [{"type": "string"}, {"type": "integer"}]}}))
    assert ["the parts of the schema exclude each other: they are of type `string` and `integer`"] == [
        each.message for each in found
    ]
    assert model is not None


def test_siblings_of_a_reference_count_in_3_1_and_not_in_3_0():
    schemas = {
        "A": {"properties": {"a": {"type": "string"}}},
        "B": {"$ref": "#/components/schemas/A", "properties": {"b": {"type": "string"}}},
    }
    assert ["a", "b"] == [each.wire for each in model_of(schemas).declarations()["b"].fields]
    assert ["a"] == [each.id for each in model_of(schemas, version="3.0.3").types]


def test_enumerations():
    schema = {
        "type": "string",
        "enum": ["asc", "-created", ">=", "A b", "a-b", "", "1", "東京", None],
        "x-enum-descriptions": ["Upwards."],
    }
    declared = model_of({"Order": schema | {"nullable": True}}).declarations()["order"]
    assert "string" == declared.kind
    expected = ["asc", "minus_created", "greater_equals", "a_b", "a_b_2", "empty", "value_1", "u6771_u4eac"]
    assert expected == ["_".join(each.name) for each in declared.members]
    assert '"-created"' == declared.members[1].value
    assert "Upwards." == declared.members[0].description


def test_names_of_values_can_be_given():
    schema = {"type": "integer", "enum": [0, 1], "x-enum-varnames": ["Off", "On"]}
    declared = model_of({"State": schema}).declarations()["state"]
    assert ("integer", [("off",), ("on",)]) == (declared.kind, [each.name for each in declared.members])


def test_constants_with_titles_are_one_enumeration():
    schema = {"oneOf": [{"const": "a", "title": "First", "description": "The first."}, {"const": "b"}]}
    declared = model_of({"E": schema}).declarations()["e"]
    assert [(("first",), "The first."), (("b",), "")] == [(each.name, each.description) for each in declared.members]


def test_numbers_listed_for_a_string_are_texts():
    model, found = read(of_schemas({"E": {"type": "string", "enum": [1, 2]}}))
    assert ['"1"', '"2"'] == [each.value for each in model.types[0].members]
    assert {"openapi-fault"} == {each.code for each in found}


@pytest.mark.parametrize(("expected", "required"), [(["a"], ["a"]), ([], True), ([], "a")])
def test_what_is_required_is_a_list(expected, required):
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": required}
    model, found = read(of_schemas({"E": schema}))
    assert expected == [each.wire for each in model.types[0].fields if each.is_required]
    assert (["openapi-fault"] if required == "a" else []) == [each.code for each in found]


def test_a_type_that_is_mistyped_has_a_hint():
    _, found = read(of_schemas({"E": {"type": "strng"}}))
    assert ["did you mean `string`?"] == [each.hint for each in found]


def test_values_of_several_kinds_are_a_union():
    declared = model_of({"E": {"enum": ["auto", 1, 2]}}).declarations()["e"]
    assert [("string",), ("number",)] == [each.name for each in declared.variants]


def test_tuples_are_lists():
    model, found = read(of_schemas({"A": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}}))
    assert ListOf(ANY) == model.types[0].target
    assert ["unsupported-schema"] == [each.code for each in found]


def test_recursion():
    reference = {"$ref": "#/components/schemas/Node"}
    declared = model_of({"Node": {"properties": {"next": reference, "all": {"items": reference}}}}).declarations()
    assert [Reference("node"), ListOf(Reference("node"))] == [each.type for each in declared["node"].fields]


def test_recursive_aliases():
    model = model_of(
        {
            "Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "Json": {
                "anyOf": [
                    {"type": "string"},
                    {"items": {"$ref": "#/components/schemas/Json"}},
                    {"additionalProperties": {"$ref": "#/components/schemas/Json"}},
                ]
            },
        }
    )
    declared = model.declarations()
    assert (ListOf(Reference("tree")), True) == (declared["tree"].target, declared["tree"].is_recursive)
    json = declared["json_model"]
    assert [STRING, ListOf(Reference("json_model")), MapOf(Reference("json_model"))] == [
        each.type for each in json.variants
    ]
    assert [] == broken_laws(model)


@pytest.mark.parametrize(
    "schema", [{"$ref": "#/components/schemas/A"}, {"allOf": [{"$ref": "#/components/schemas/A"}]}]
)
def test_a_schema_that_is_only_itself_is_refused(schema):
    model, found = read(of_schemas({"A": schema}))
    assert model is None
    assert "the schema leads back to itself and says nothing on the way" in {each.message for each in found}


def test_anchors():
    schemas = {
        "A": {"properties": {"x": {"$ref": "#money"}}},
        "B": {"$anchor": "money", "properties": {"y": {"$dynamicRef": "#here"}}},
        "C": {"$dynamicAnchor": "here", "type": "integer"},
    }
    declared = model_of(schemas).declarations()
    assert Reference("b") == declared["a"].fields[0].type
    assert Reference("c") == declared["b"].fields[0].type


def test_an_unknown_anchor_is_refused():
    model, found = read(of_schemas({"A": {"$ref": "#nowhere"}}))
    assert model is None
    assert ["`$ref`: nothing in the file has the anchor `nowhere`"] == [each.message for each in found]


def test_other_files_of_the_project():
    document = described({"/a": {"get": answering({"$ref": "parts/pet.yaml#/Pet"}, operationId="a")}})
    model, found = read(
        document,
        {
            "api/parts/pet.yaml": "Pet: {properties: {owner: {$ref: 'owner.yaml'}}}",
            "api/parts/owner.yaml": "properties: {n: {type: string}}",
        },
    )
    assert () == found
    assert {"pet", "owner"} == {each.id for each in model.types}
    assert [] == broken_laws(model)


def test_binary_parts_and_kinds_of_several_types():
    found, declared = type_of({"type": ["string", "integer"]})
    assert [("string",), ("integer",)] == [each.name for each in declared[found.id].variants]
    found, declared = type_of({"type": ["object", "string"], "properties": {"a": {"type": "string"}}})
    kinds = {type(each) for each in declared.values()}
    assert {UnionType, ObjectType} == kinds


def test_enumerations_are_nullable_by_their_values():
    found, declared = type_of({"enum": ["a", "b", None]})
    assert isinstance(found, Nullable)
    assert isinstance(declared[found.inner.id], EnumType)


@pytest.mark.parametrize(
    ("expected", "more"),
    [(ANY, {}), (Primitive("integer"), {"additionalProperties": {"type": "integer"}})],
)
def test_a_member_that_only_required_names_is_one(expected, more):
    """It is what further members are, else any value."""
    schema = {"type": "object", "required": ["late", "a"], "properties": {"a": {"type": "string"}}, **more}
    fields = {each.wire: each for each in model_of({"A": schema}).types[0].fields}
    assert [("a", STRING, True), ("late", expected, True)] == [
        (each.wire, each.type, each.is_required) for each in fields.values()
    ]

"""Alternatives, and what tells them apart."""

from tests.source.api.described import model_of, of_schemas, read, type_of
from themekit.model.api_types import ListOf, Nullable, ObjectType, Primitive, Reference, UnionType

STRING = {"type": "string"}


def tagged(value, **members):
    return {"type": "object", "required": ["type"], "properties": {"type": {"const": value}, **members}}


def union_of(schemas, name="u"):
    return model_of(schemas).declarations()[name]


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def test_a_mapping_says_which_values_mean_which_schema():
    schemas = {
        "Cat": {"properties": {"kind": STRING, "meows": {"type": "boolean"}}},
        "Dog": {"properties": {"kind": STRING, "barks": {"type": "boolean"}}},
        "Pet": {
            "oneOf": [reference("Cat"), reference("Dog")],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"cat": "#/components/schemas/Cat", "kitten": "Cat", "dog": "Dog"},
            },
        },
    }
    pet = union_of(schemas, "pet")
    assert "kind" == pet.discriminator
    assert [(("cat",), ("cat", "kitten")), (("dog",), ("dog",))] == [(each.name, each.tags) for each in pet.variants]


def test_without_a_mapping_the_values_of_the_member_count_and_then_the_names():
    schemas = {
        "Cat": tagged("feline"),
        "Dog": {"properties": {"type": STRING}},
        "U": {"oneOf": [reference("Cat"), reference("Dog")], "discriminator": {"propertyName": "type"}},
    }
    assert [("feline",), ("Dog",)] == [each.tags for each in union_of(schemas).variants]


def test_a_member_with_a_value_for_each_is_recognised():
    schemas = {"A": tagged("a"), "B": tagged("b"), "U": {"anyOf": [reference("A"), reference("B")]}}
    union = union_of(schemas)
    assert ("type", [("a",), ("b",)]) == (union.discriminator, [each.tags for each in union.variants])


def test_a_member_that_may_be_absent_tells_nothing():
    optional = tagged("b")
    del optional["required"]
    union = union_of({"A": tagged("a"), "B": optional, "U": {"oneOf": [reference("A"), reference("B")]}})
    assert ("", [(), ()]) == (union.discriminator, [each.tags for each in union.variants])


def test_values_that_two_alternatives_have_tell_nothing():
    schemas = {
        "A": tagged("a"),
        "B": tagged("a", b=STRING),
        "U": {"oneOf": [reference("A"), reference("B")], "discriminator": {"propertyName": "type"}},
    }
    model, found = read(of_schemas(schemas))
    assert "" == model.declarations()["u"].discriminator
    assert ["the values of `type` do not tell the alternatives apart"] == [each.message for each in found]


def test_a_union_in_a_union_has_its_tags():
    schemas = {
        "A": tagged("a"),
        "B": tagged("b"),
        "C": tagged("c"),
        "Inner": {"oneOf": [reference("A"), reference("B")]},
        "U": {"oneOf": [reference("Inner"), reference("C")], "discriminator": {"propertyName": "type"}},
    }
    union = union_of(schemas)
    assert [("a", "b"), ("c",)] == [each.tags for each in union.variants]
    assert Reference("inner") == union.variants[0].type


def test_a_base_with_a_discriminator_is_the_union_of_its_children():
    schemas = {
        "Pet": {
            "required": ["type"],
            "properties": {"type": STRING, "name": STRING},
            "discriminator": {"propertyName": "type"},
        },
        "Cat": {"allOf": [reference("Pet"), {"properties": {"meows": STRING}}]},
        "Dog": {"allOf": [reference("Pet"), {"properties": {"barks": STRING}}]},
        "Puppy": {"allOf": [reference("Dog"), {"properties": {"age": STRING}}]},
    }
    declared = model_of(schemas).declarations()
    pet = declared["pet"]
    assert "type" == pet.discriminator
    assert [("Cat",), ("Dog",), ("Puppy",)] == [each.tags for each in pet.variants]
    assert ["type", "name", "barks", "age"] == [each.wire for each in declared["puppy"].fields]


def test_a_base_that_can_occur_is_an_object_of_its_own():
    schemas = {
        "Pet": {
            "properties": {"type": STRING},
            "discriminator": {"propertyName": "type", "mapping": {"any": "Pet", "cat": "Cat"}},
        },
        "Cat": {"allOf": [reference("Pet"), {"properties": {"meows": STRING}}]},
    }
    declared = model_of(schemas).declarations()
    assert [("pet_base", ("any",)), ("cat", ("cat",))] == [
        (each.type.id, each.tags) for each in declared["pet"].variants
    ]
    assert ["type"] == [each.wire for each in declared["pet_base"].fields]


def test_a_base_whose_one_of_names_its_children():
    schemas = {
        "Pet": {
            "properties": {"type": STRING},
            "discriminator": {"propertyName": "type"},
            "oneOf": [reference("Cat"), reference("Dog")],
        },
        "Cat": {"allOf": [reference("Pet"), {"properties": {"meows": STRING}}]},
        "Dog": {"allOf": [reference("Pet"), {"properties": {"barks": STRING}}]},
    }
    declared = model_of(schemas).declarations()
    assert [Reference("cat"), Reference("dog")] == [each.type for each in declared["pet"].variants]
    assert ["type", "meows"] == [each.wire for each in declared["cat"].fields]


def test_members_beside_alternatives_are_in_each():
    schemas = {
        "A": {"properties": {"a": STRING}},
        "U": {
            "properties": {"id": STRING},
            "required": ["id"],
            "oneOf": [reference("A"), {"title": "Other", "properties": {"b": STRING}}],
        },
    }
    declared = model_of(schemas).declarations()
    assert [Reference("u_a"), Reference("u_other")] == [each.type for each in declared["u"].variants]
    assert [("id", True), ("a", False)] == [(each.wire, each.is_required) for each in declared["u_a"].fields]
    assert ["id", "b"] == [each.wire for each in declared["u_other"].fields]


def test_a_choice_that_is_made_is_no_union():
    """An event whose data is any of several objects, and the event of one of them."""
    schemas = {
        "A": {"properties": {"a": STRING}},
        "B": {"properties": {"b": STRING}},
        "Event": {"properties": {"object": {"anyOf": [reference("A"), reference("B")]}}},
        "AEvent": {"allOf": [reference("Event"), {"properties": {"object": reference("A")}}]},
    }
    declared = model_of(schemas).declarations()
    (field,) = declared["a_event"].fields
    assert ["a"] == [each.wire for each in declared[field.type.id].fields]
    assert isinstance(declared[field.type.id], ObjectType)


def test_alternatives_that_only_ask_for_members_are_no_union():
    schemas = {"A": {"properties": {"a": STRING, "b": STRING}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}
    assert ["a", "b"] == [each.wire for each in model_of(schemas).declarations()["a"].fields]


def test_texts_or_lists():
    found, declared = type_of({"oneOf": [STRING, {"type": "array", "items": STRING}, {"type": "null"}]})
    assert isinstance(found, Nullable)
    union = declared[found.inner.id]
    assert [Primitive("string"), ListOf(Primitive("string"))] == [each.type for each in union.variants]
    assert [("string",), ("string", "list")] == [each.name for each in union.variants]


def test_one_file_or_several_is_several():
    file = {"type": "string", "format": "binary"}
    found, _ = type_of({"oneOf": [file, {"type": "array", "items": file}]})
    assert ListOf(Primitive("binary")) == found


def test_an_only_alternative_has_its_owners_name():
    model = model_of({"Effort": {"anyOf": [{"enum": ["low", "high"]}, {"type": "null"}]}})
    assert ["effort"] == [each.id for each in model.types]
    assert Nullable(Reference("effort")) == model.operations[0].responses[0].contents[0].type


def test_two_sets_of_alternatives():
    schemas = {
        "U": {
            "allOf": [
                {"oneOf": [{"properties": {"a": STRING}}, {"properties": {"b": STRING}}]},
                {"oneOf": [{"properties": {"c": STRING}}, {"properties": {"d": STRING}}]},
            ]
        }
    }
    declared = model_of(schemas).declarations()
    inner = [declared[each.type.id] for each in declared["u"].variants]
    assert all(isinstance(each, UnionType) for each in inner)
    leaves = [[field.wire for field in declared[leaf.type.id].fields] for each in inner for leaf in each.variants]
    assert [["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"]] == leaves


def test_children_are_told_apart_by_the_constants_they_have():
    """Not by their names, which nobody sends; one that has no value of its own is told by its name."""
    pet = {"type": "object", "required": ["type"], "discriminator": {"propertyName": "type"}}
    schemas = {
        "Pet": {**pet, "properties": {"type": {"enum": ["cat", "dog", "Cow"]}}},
        "Cat": {"allOf": [reference("Pet"), {"properties": {"type": {"const": "cat"}}}]},
        "Dog": {"allOf": [reference("Pet"), {"properties": {"type": {"enum": ["dog"]}}}]},
        "Hound": {"allOf": [reference("Dog"), {"properties": {"ears": STRING}}]},
        "Cow": {"allOf": [reference("Pet"), {"properties": {"milk": STRING}}]},
    }
    union = union_of(schemas, "pet")
    tags = {each.name: each.tags for each in union.variants}
    assert {("cat",): ("cat",), ("dog",): ("dog",), ("cow",): ("Cow",), ("hound",): ("Hound",)} == tags


def test_a_discriminator_with_numbers_tells_nothing():
    """A tag is a text: with the schema's name in its place, no variant could be sent or read."""
    document = of_schemas(
        {
            "A": tagged(1),
            "B": tagged(2),
            "U": {"oneOf": [reference("A"), reference("B")], "discriminator": {"propertyName": "type"}},
        }
    )
    model, (fault,) = read(document)
    assert "" == model.declarations()["u"].discriminator
    assert ("/components/schemas/U/discriminator", False) == (fault.place.pointer, fault.is_error)

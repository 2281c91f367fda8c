"""Names: of types by their places, of resources and methods, of values."""

import pytest

from tests.source.api.described import answering, described, model_of, read
from themekit.source.api.names import Scope, singular, value_words, words_of
from themekit.source.reserved_words import RESERVED_TYPE_WORDS

STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("api key", "APIKey"),
        ("my api key", "myAPIKey"),
        ("user ids", "userIDs"),
        ("line1", "line1"),
        ("line 1", "line_1"),
        ("oauth2 token", "OAuth2Token"),
        ("ipv4 address", "IPv4Address"),
        ("a b c", "a.b-c"),
        ("three ds2 request", "threeDS2Request"),
        ("strasse", "Straße"),
        ("groesse in mm", "Größe (in mm)"),
        ("acmes pay", "ACME's pay"),
        ("", "東京"),
    ],
)
def test_words(expected, text):
    assert expected == " ".join(words_of(text))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("minus created", "-created"),
        ("plus 1", "+1"),
        ("minus 1", "-1"),
        ("u6771 u4eac", "東京"),
        ("empty", ""),
        ("not equals", "!="),
        ("space", " "),
    ],
)
def test_words_of_values(expected, text):
    assert expected == " ".join(value_words(text))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("line item", "line_items"),
        ("category", "categories"),
        ("box", "boxes"),
        ("data item", "data"),
        ("status item", "status"),
        ("address item", "address"),
        ("key", "keys"),
    ],
)
def test_one_of_many(expected, text):
    assert expected == " ".join(singular(words_of(text)))


def test_names_of_a_scope_differ_when_joined():
    scope = Scope()
    assert ("user", "id") == scope.unique(("user", "id"))
    assert ("userid", "2") == scope.unique(("userid",))
    assert ("user", "id", "3") == scope.unique(("user", "id"))


def test_schemas_inside_others_are_named_by_their_place():
    inner = {"type": "object", "properties": {"x": STRING}}
    schemas = {
        "Order": {
            "properties": {
                "lineItems": {"items": inner},
                "billing": inner,
                "extra": {"additionalProperties": inner},
                "either": {
                    "oneOf": [
                        inner,
                        {"title": "Named one", **inner, "required": ["x"]},
                        {"properties": {"k": {"const": "by_tag"}}},
                    ]
                },
                "orderState": {"enum": ["a", "b"]},
            }
        }
    }
    found = {each.id for each in model_of(schemas).types}
    expected = {
        "order",
        "order_line_item",
        "order_billing",
        "order_extra_value",
        "order_either",
        "order_either_option_1",
        "order_either_named_one",
        "order_either_by_tag",
        "order_state",
    }
    assert expected == found


def test_schemas_of_operations_are_named_by_these():
    inner = {"type": "object", "properties": {"x": STRING}}
    body = {"content": {"application/json": {"schema": inner}}}
    operation = {
        "operationId": "createOrder",
        "parameters": [{"name": "sort-by", "in": "query", "schema": {"enum": ["a", "b"]}}],
        "requestBody": body,
        "responses": {
            "200": {"description": "", **body},
            "404": {"description": "", **body},
            "default": {"$ref": "#/components/responses/Oops"},
        },
    }
    model, found = read(
        described({"/orders": {"post": operation}}, components={"responses": {"Oops": {"description": "", **body}}})
    )
    assert () == found
    expected = {
        "create_order_sort_by",
        "create_order_request",
        "create_order_response",
        "create_order_error404",
        "oops_response",
    }
    assert expected == {each.id for each in model.types}


def test_components_come_first_and_reserved_names_get_a_word():
    model = model_of(
        {
            "Holder": {"properties": {"error": {"properties": {"a": STRING}}}},
            "HolderError": {"properties": {"b": STRING}},
            "Error": {"properties": {"c": STRING}},
            "error-model": {"properties": {"d": STRING}},
        }
    )
    assert ["error_model", "error_model_2", "holder", "holder_error", "holder_error_2"] == sorted(
        each.id for each in model.types
    )
    by_id = model.declarations()
    assert "a" == by_id["holder_error_2"].fields[0].wire
    assert "error" in RESERVED_TYPE_WORDS


def test_a_change_elsewhere_leaves_names_as_they_are():
    inner = {"properties": {"x": {"properties": {"y": STRING}}}}
    before = {each.id for each in model_of({"A": inner, "C": inner}).types}
    after = {each.id for each in model_of({"A": inner, "B": inner, "C": inner}).types}
    assert before < after


def test_the_same_schema_merged_in_two_places_is_declared_once():
    schemas = {
        "Base": {"properties": {"owner": {"properties": {"name": STRING}}}},
        "One": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"a": STRING}}]},
        "Two": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"b": STRING}}]},
    }
    assert {"base", "base_owner", "one", "two"} == {each.id for each in model_of(schemas).types}


def test_an_item_whose_name_is_taken():
    schemas = {"Calls": {"items": {"properties": {"a": STRING}}}, "Call": {"properties": {"b": STRING}}}
    assert {"calls", "call", "calls_item"} == {each.id for each in model_of(schemas).types}


def test_members_of_an_object_have_names_of_their_own():
    model = model_of(
        {"A": {"properties": {"user_id": STRING, "userId": STRING, "1st": STRING, "$": STRING, "名": STRING}}}
    )
    assert ["user_id", "user_id_2", "field_1_st", "dollar", "u540d"] == [
        "_".join(each.name) for each in model.types[0].fields
    ]


@pytest.mark.parametrize(
    ("expected", "method", "path", "tag", "id_"),
    [
        ("payments.list", "get", "/payments", "Payments", "listPayments"),
        ("payment_methods.retrieve", "get", "/payment_methods/{id}", "Payment methods", "retrievePaymentMethod"),
        (
            "customers.list_payment_methods",
            "get",
            "/customers/{id}/payment_methods",
            "Customers",
            "listCustomerPaymentMethods",
        ),
        ("chat.create_completion", "post", "/chat/completions", "Chat", "createChatCompletion"),
        ("search.search", "get", "/search", "Search", "search"),
        ("files.get", "get", "/files/{id}", "Files", "get_files_id"),
        ("tasks.list", "get", "/files/{id}/tasks", "Tasks", "get_files_id_tasks"),
        ("orders.cancel", "post", "/orders/{id}/cancel", "Orders", "post-orders-id-cancel"),
        ("payments.list", "get", "/v1/payments", None, None),
        ("payments.get", "get", "/payments/{id}", None, None),
        ("payments.create", "post", "/payments", None, None),
        ("payments.update", "patch", "/payments/{id}", None, None),
        ("payments.delete", "delete", "/payments/{id}", None, None),
        ("payments.capture", "post", "/payments/{id}/capture", None, None),
        ("payments.create_refunds", "post", "/payments/{id}/refunds", None, None),
        ("payments.get_refund", "get", "/payments/{id}/refunds/{refund}", None, None),
        ("api.get", "get", "/", None, None),
        ("group_1_click.list1_clicks", "get", "/1-clicks", "1-Click", "list1Clicks"),
    ],
)
def test_resources_and_methods(expected, method, path, tag, id_):
    operation = answering(STRING, tags=[tag] if tag else [], **({"operationId": id_} if id_ else {}))
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": STRING}
        for name in ("id", "refund")
        if f"{{{name}}}" in path
    ]
    model, found = read(described({path: {"parameters": parameters, method: operation}}))
    assert () == found
    (read_operation,) = model.operations
    assert expected == f"{'_'.join(read_operation.group)}.{'_'.join(read_operation.name)}"


def test_methods_of_a_group_differ():
    paths = {
        "/projects": {"get": answering(STRING, operationId="listProjects", tags=["Projects"])},
        "/all": {"get": answering(STRING, operationId="projects_list", tags=["Projects"])},
        "/more": {"get": answering(STRING, operationId="list", tags=["projects"])},
    }
    model, _ = read(described(paths))
    assert [("list",), ("projects", "list"), ("list", "2")] == [each.name for each in model.operations]
    assert ["Projects"] == [each.title for each in model.groups]


def test_groups_have_the_texts_of_their_tags():
    model, _ = read(
        described(
            {"/a": {"get": answering(STRING, tags=["Pets"])}}, tags=[{"name": "Pets", "description": "All pets."}]
        )
    )
    assert [(("pets",), "Pets", "All pets.")] == [(each.name, each.title, each.description) for each in model.groups]


def test_ids_are_made_normalised_and_never_twice():
    paths = {
        "/files/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": STRING}],
            "get": answering(STRING),
        },
        "/a": {
            "get": answering(STRING, operationId="put files#add"),
            "put": answering(STRING, operationId="put_files_add"),
        },
    }
    model, found = read(described(paths))
    assert ["get_files_id", "put_files_add", "put_files_add_2"] == [each.id for each in model.operations]
    assert ["the id `put_files_add` is that of another operation in programs: `put_files_add_2`"] == [
        each.message for each in found
    ]


def test_two_operations_with_one_id_are_refused():
    paths = {"/a": {"get": answering(STRING, operationId="one")}, "/b": {"get": answering(STRING, operationId="one")}}
    model, found = read(described(paths))
    assert model is None
    assert [("two operations have the id `one`", "/paths/~1a/get/operationId")] == [
        (each.message, each.notes[0].place.pointer) for each in found
    ]


class Counting(set):
    """A set that counts how often it is asked."""

    asked = 0

    def __contains__(self, item):
        self.asked += 1
        return super().__contains__(item)


def test_a_thousand_equal_names_cost_a_look_or_two_each():
    """Each is numbered after the last one; searching from 2 on again took minutes for a hostile enumeration."""
    taken = Counting()
    scope = Scope(taken)
    found = [scope.unique(("a",)) for _ in range(1000)]
    assert ("a", "1000") == found[-1]
    assert taken.asked <= 3000

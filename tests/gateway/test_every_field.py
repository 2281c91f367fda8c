"""No field of a policy is without effect in silence.

On each gateway it changes the files, or it is refused, or an accepted form names it as having no effect.
"""

from dataclasses import replace

import pytest

from tests.gateway.field_trials import TRIALS, WORDS, leaves, trials_of
from themekit.gateway.support import judge
from themekit.model.policy import Acceptance, GatewayId
from themekit.plugins import gateways

GATEWAYS = {each.name: each for each in gateways()}


def offered(gateway, policies):
    """The forms that can be accepted, by feature."""
    found = {}
    for each in (*gateway.supports, *(refusal for policy in policies for refusal in gateway.refuses(policy))):
        for form in each.forms:
            found.setdefault(each.feature, {})[form.name] = form
    return found


def selections(forms):
    """For each feature one of its forms, so that each form is in one of them."""
    for number in range(max(map(len, forms.values()))):
        yield {feature: list(each.values())[number % len(each)] for feature, each in forms.items()}


def accepting(policy, gateway, chosen):
    origin = policy.origins[0][1]
    accepted = (
        Acceptance(str(feature), GatewayId(gateway.name), form.name, "A test", origin)
        for feature, form in chosen.items()
    )
    return replace(policy, accepted=tuple(accepted))


def is_refused(policy, gateway):
    return any(each.is_error for each in judge(policy, {gateway.name: gateway}))


def differ(gateway, one, other):
    return gateway.emit(one) != gateway.emit(other)


def outcomes(field, gateway):
    """How each pair of policies ends for each selection of forms: `changes`, `refused`, or the forms that drop it."""
    for trial in trials_of(field):
        policies = trial.policies(gateway.name)
        for chosen in selections(offered(gateway, policies)):
            one, other = (accepting(each, gateway, chosen) for each in policies)
            if is_refused(one, gateway) or is_refused(other, gateway):
                yield "refused"
            elif differ(gateway, one, other):
                yield "changes"
            else:
                dropping = {name: form for name, form in chosen.items() if form.leaves_out(field)}
                less = {name: form for name, form in chosen.items() if name not in dropping}
                strict = [accepting(each, gateway, less) for each in policies]
                is_asked = any(is_refused(each, gateway) for each in strict) or differ(gateway, *strict)
                yield tuple(form.name for form in dropping.values()) if dropping and is_asked else "nothing"


def test_every_field_is_tried():
    """Whoever adds a field says here what it changes."""
    fields = set(leaves())
    assert fields == set(TRIALS) | WORDS
    assert not set(TRIALS) & WORDS


@pytest.mark.parametrize("target", GATEWAYS)
@pytest.mark.parametrize("field", TRIALS)
def test_a_field_changes_the_files_or_is_told_to_have_no_effect(field, target):
    found = list(outcomes(field, GATEWAYS[target]))
    assert found
    assert "nothing" not in found, found


@pytest.mark.parametrize("target", GATEWAYS)
def test_what_a_form_says_to_have_no_effect_has_none(target):
    """A form that names too much would let fields be dropped that are not."""
    gateway = GATEWAYS[target]
    forms = {form.name: form for each in gateway.supports for form in each.forms if form.without}
    met = {}
    for field in TRIALS:
        if any(form.leaves_out(field) for form in forms.values()):
            for outcome in outcomes(field, gateway):
                for name in outcome if isinstance(outcome, tuple) else ():
                    met.setdefault(name, set()).update(each for each in forms[name].without if within(field, each))
    assert {name: set(form.without) for name, form in forms.items()} == met


def within(field, name):
    own = field.removeprefix("routes.*.")
    return own == name or own.startswith(f"{name}.")

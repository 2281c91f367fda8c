from themekit.site.wording import social_kind
from themekit.source.brand_fields import SOCIAL_KINDS


def test_every_kind_of_social_link_has_its_own_name_and_icon():
    shown = [social_kind(kind) for kind in SOCIAL_KINDS]
    assert len(SOCIAL_KINDS) == len(set(shown))

"""What the renderer's processes refuse is told to their caller, who then renders the whole site."""

import pytest

from themekit.site.pieces import Frame
from themekit.site.piecewise import UnpiecedError
from themekit.site.renderer import Renderer
from themekit.site.variant import variant_of


@pytest.mark.slow
def test_a_refusal_crosses_processes(small, plain_brand):
    configuration, *pages = small
    settings = configuration.content.replace(b"  - tags\n", b"  - tags\n  - material/offline\n")
    frame = Frame(variant_of(plain_brand, sources=small), settings, tuple(source.path for source in pages), ())
    renderer = Renderer(processes=1)
    with pytest.raises(UnpiecedError, match="the plugin material/offline may read anything"):
        renderer.outline(frame)
    renderer.close()

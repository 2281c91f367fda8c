from __future__ import annotations
def surface(api):
    return ()

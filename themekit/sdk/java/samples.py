from __future__ import annotations
def sample(api, operation):
    return ""

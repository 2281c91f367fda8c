"""Sample."""
def sample(api, operation):
    return ""

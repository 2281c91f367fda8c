"""Surface."""
def surface(api):
    return ()

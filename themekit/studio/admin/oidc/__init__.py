"""Login by an OpenID provider: what it is asked, how its answer is judged, and whom it has sent."""

"""The local web app's rooms. So far: the camera."""

"""The local web app: live preview and Studio on loopback, and a real browser for pictures and audits.

`preview` starts it. `updating` is the path of an edit from a file to those who look at it, and imports nothing else of
the Studio; `serving` is the two origins and who may ask them, `admin` policies behind a login. `chromium` opens built
pages, `pictures` photographs them, `barriers` looks for what breaks rules of accessibility, and `written_at` for its
line; `visits` and `viewport` say where.
"""

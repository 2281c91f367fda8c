"""The local web app: live preview and Studio on loopback, and a real browser for pictures and audits."""

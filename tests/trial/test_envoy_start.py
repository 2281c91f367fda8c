"""Waiting for an Envoy that is there and has no listener yet, as while it looks for the address of an upstream."""

from types import SimpleNamespace

from themekit.trial import envoy as starting


def test_an_envoy_without_a_listener_is_waited_for(tmp_path, monkeypatch):
    """Its page leaves the list out while it is empty: `gateway run` ended with a KeyError."""
    (tmp_path / starting.ADMIN_FILE).write_text("127.0.0.1:1234", encoding="utf-8")
    listener = {"local_address": {"socket_address": {"address": "127.0.0.1", "port_value": 8080}}}
    pages = iter([{}, {"listener_statuses": []}, {"listener_statuses": [listener]}])
    monkeypatch.setattr(starting, "_asked", lambda _port, _target: next(pages))
    monkeypatch.setattr(starting, "_is_ready", lambda _port: True)
    envoy = SimpleNamespace(folder=tmp_path, is_alive=lambda: True, log=lambda: "", port=0, admin_port=0)
    starting._wait(envoy)
    assert (1234, 8080) == (envoy.admin_port, envoy.port)
    assert [] == list(pages)

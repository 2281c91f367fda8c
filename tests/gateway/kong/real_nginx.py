"""A real nginx with its Lua module, which is what Kong is built on: it runs the emitted Lua on real requests."""

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path

from tests.gateway.real_envoy import HOST, Running, free_port
from themekit.gateway.kong import GATEWAY

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MODULES = Path(os.environ.get("NGINX_MODULES", "/usr/lib/nginx/modules"))
START_S = 20
CONFIGURATION = """\
load_module {modules}/ndk_http_module.so;
load_module {modules}/ngx_http_lua_module.so;
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  underscores_in_headers on;  # these two as in Kong's own template
  client_max_body_size 0;
  lua_package_path "{lua}/?.lua;;";
  lua_shared_dict counts 4m;
  init_by_lua_block {{ require("nginx_kong").load("{folder}/kong.json") }}
  server {{
    listen {host}:{port} default_server;
    location / {{
      access_by_lua_block {{ require("nginx_kong").access() }}
      header_filter_by_lua_block {{ require("nginx_kong").header_filter() }}
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_pass {api}$request_uri;
    }}
  }}
}}
"""


def has_nginx():
    return NGINX is not None and (MODULES / "ngx_http_lua_module.so").is_file()


@contextlib.contextmanager
def running_nginx(policy, folder):
    """Nginx with `kong.json` of the policy, in front of the policy's API."""
    port = free_port()
    (content,) = [each.content for each in GATEWAY.emit(policy) if each.path.name == "kong.json"]
    (folder / "kong.json").write_bytes(content)
    api = f"http://{policy.upstream.host}:{policy.upstream.port}"
    text = CONFIGURATION.format(
        modules=MODULES, folder=folder, lua=Path(__file__).parent, host=HOST, port=port, api=api
    )
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        running = Running(port, 0, folder)
        try:
            wait(running, process)
            yield running
        finally:
            process.terminate()
            process.wait(20)


def wait(running, process):
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            if running.raw(b"GET / HTTP/1.1\r\nHost: nobody\r\nConnection: close\r\n\r\n"):
                return
        time.sleep(0.05)
    names = ("log.txt", "error.log")
    said = [(running.folder / name).read_text(encoding="utf-8", errors="replace") for name in names]
    raise AssertionError("\n".join(said)[-3000:])

"""Real web servers with a site's folder and the files that hosts are given: nginx, and Apache's httpd."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

HOST = "127.0.0.1"
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
NGINX = shutil.which("nginx", path=PATH)
APACHE = shutil.which("apache2", path=PATH) or shutil.which("httpd", path=PATH)
APACHE_MODULES = Path(os.environ.get("APACHE_MODULES", "/usr/lib/apache2/modules"))
NGINX_TYPES = Path("/etc/nginx/mime.types")
START_S = 20
NGINX_TEXT = """\
daemon off;
worker_processes 1;
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{}}
http {{
  include {types};
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen {host}:{port};
    root {root};
    include {hosting}/nginx.conf;
  }}
}}
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers")
APACHE_TEXT = """\
{modules}
ServerRoot {folder}
ServerName localhost
Listen {host}:{port}
PidFile {folder}/httpd.pid
ErrorLog {folder}/error.log
TypesConfig /etc/mime.types
DocumentRoot {root}
<Directory {root}>
  AllowOverride All
  Require all granted
</Directory>
"""


@contextlib.contextmanager
def running_nginx(root, hosting, folder):
    """Nginx, whose server block has nothing but the site's root and the include; its port."""
    port = free_port()
    text = NGINX_TEXT.format(folder=folder, types=NGINX_TYPES, host=HOST, port=port, root=root, hosting=hosting)
    configuration = folder / "nginx.conf"
    configuration.write_text(text, encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(configuration)]
    with _running(command, port, folder):
        yield port


@contextlib.contextmanager
def running_apache(root, folder):
    """Apache's httpd, which lets .htaccess decide; its port."""
    port = free_port()
    modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in MODULES)
    text = APACHE_TEXT.format(modules=modules, folder=folder, host=HOST, port=port, root=root)
    configuration = folder / "httpd.conf"
    configuration.write_text(text, encoding="utf-8")
    with _running([APACHE, "-D", "FOREGROUND", "-f", str(configuration)], port, folder):
        yield port


def free_port():
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return listening.getsockname()[1]


@contextlib.contextmanager
def _running(command, port, folder):
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(process, port, folder)
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait(process, port, folder):
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.05)
    said = [path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*log*")]
    raise AssertionError("\n".join(said)[-3000:])

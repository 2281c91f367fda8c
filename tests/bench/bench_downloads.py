"""What a download costs: `themekit downloads serve` and nginx, the same file, in alternation, on loopback.

    python tests/bench/bench_downloads.py [--size-mb 1000] [--rounds 5]

Prints medians of wall time and of the servers' processor time, then the server's memory while 50 clients fetch at once.
nginx has its defaults, one worker, `sendfile on`, no TLS; so has ours. Clients read into one buffer and drop it.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.downloads.conftest import publish_by_hand  # noqa: E402
from themekit.downloads.tokens import Tokens  # noqa: E402

CLOCK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return bound.getsockname()[1]


def start_nginx(folder, port):
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err; worker_processes 1;\n"
        f"events {{}} http {{ access_log off; sendfile on; tcp_nopush on;\n"
        f"client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/place; }} }}\n"
    )
    folder.chmod(0o755)
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    return subprocess.Popen([shutil.which("nginx") or "nginx", "-c", str(conf), *user])


def children(pid):
    out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [pid, *map(int, out.split())]


def cpu_s(pid):
    total = 0
    for each in children(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / CLOCK


def rss_mb(pid):
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def fetch(port, path, token=""):
    with socket.create_connection(("127.0.0.1", port)) as link:
        auth = f"Authorization: Bearer {token}\r\n" if token else ""
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}Connection: close\r\n\r\n".encode())
        buffer, total = bytearray(1 << 20), 0
        while count := link.recv_into(buffer):
            total += count
        return total


def wait_for(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size-mb", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="downloads-bench-"))
    size = given.size_mb * 10**6
    publish_by_hand(folder / "place", "acme", {"acme-1.0.0.zip": os.urandom(10**6) * given.size_mb})
    (folder / "state").mkdir(mode=0o700)
    token, _ = Tokens(folder / "state").add("bench", ["acme"], now_s=0, expires_s=2**40)
    ours_port, nginx_port = free_port(), free_port()
    command = [sys.executable, "-m", "themekit.cli", "downloads", "serve", str(folder / "place")]
    command += ["--state", str(folder / "state"), "--port", str(ours_port)]
    ours = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    nginx = start_nginx(folder, nginx_port)
    try:
        wait_for(ours_port)
        wait_for(nginx_port)
        one = ("themekit", ours.pid, lambda: fetch(ours_port, "/d/acme/acme-1.0.0.zip", token))
        other = ("nginx", nginx.pid, lambda: fetch(nginx_port, "/acme/acme-1.0.0.zip"))
        wall, cpu = {"themekit": [], "nginx": []}, {"themekit": [], "nginx": []}
        for number in range(given.rounds + 1):
            for name, pid, get in (one, other) if number % 2 else (other, one):
                before, started = cpu_s(pid), time.perf_counter()
                assert get() > size, name
                if number:  # the first round fills the page cache
                    wall[name].append(time.perf_counter() - started)
                    cpu[name].append(cpu_s(pid) - before)
        for name, times in wall.items():
            seconds, worked = statistics.median(times), statistics.median(cpu[name])
            print(f"{name:<9} {size / seconds / 1e6:8.0f} MB/s   {worked / size * 1e9:6.3f} s CPU a GB")
        print(f"ratio of throughput {statistics.median(wall['nginx']) / statistics.median(wall['themekit']):.2f}")
        quiet = rss_mb(ours.pid)
        threads = [threading.Thread(target=one[2]) for _ in range(50)]
        most = quiet
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            most = max(most, rss_mb(ours.pid))
            time.sleep(0.05)
        print(f"memory {quiet:.1f} MB, with 50 clients at most {most:.1f} MB, then {rss_mb(ours.pid):.1f} MB")
        print(f"load {os.getloadavg()[0]:.1f}")
    finally:
        for process in (ours, nginx):
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

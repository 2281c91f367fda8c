"""A real S3 server and a real Dask cluster, both on the loopback.

The server is SeaweedFS from its package, which checks signatures and permissions; the cluster are processes of Dask's
own commands, so that a test can kill one.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

# Of this server alone, which lives as long as a test run.
WRITER = ("AKIAWRITER", "a-writer-of-tests")
READER = ("AKIAREADER", "a-reader-of-tests")
BUCKET = "brands"
START_S = 60


def free_ports(count):
    """Ports that nobody listens on, found at one time so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


# The settings are Dask's own, so that a death is noticed in time for a test.
SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s",
    "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
}


@dataclass(frozen=True)
class S3:
    """The server, and the environment in which s3fs finds it and may write."""

    url: str

    def environment(self, user=WRITER):
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": user[0],
            "AWS_SECRET_ACCESS_KEY": user[1],
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/nonexistent",
            "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
        }


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    with running_s3(tmp_path_factory.mktemp("s3")) as url:
        yield S3(url)


@pytest.fixture
def s3(s3_server, monkeypatch):
    """The server, with leave to write to it; s3fs keeps no connection of another test's user."""
    import s3fs

    for name, value in s3_server.environment().items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    if not system.exists(BUCKET):
        system.mkdir(BUCKET)
    yield s3_server
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture(params=["file", "memory", "s3"])
def url(request, tmp_path):
    """A URL below which nothing is."""
    if request.param == "s3":
        request.getfixturevalue("s3")
        return f"s3://{BUCKET}/{uuid.uuid4().hex}"
    return f"file://{tmp_path}/shared" if request.param == "file" else f"memory://{uuid.uuid4().hex}"


@contextmanager
def running_s3(folder):
    """The URL of a server with a user who may write and one who may not."""
    beside_python = str(Path(sys.executable).parent)  # where a virtual environment has it that nobody activated
    weed = shutil.which("weed", path=os.pathsep.join((beside_python, os.environ.get("PATH", ""))))
    assert weed, "the S3 server comes with the development dependencies: see `make test`"
    may = {WRITER: ["Admin", "Read", "Write", "List"], READER: ["Read", "List"]}
    identities = [
        {"name": key, "credentials": [{"accessKey": key, "secretKey": secret}], "actions": actions}
        for (key, secret), actions in may.items()
    ]
    (folder / "s3.json").write_text(json.dumps({"identities": identities}))
    (folder / "data").mkdir()
    names = "master.port master.port.grpc volume.port volume.port.grpc filer.port filer.port.grpc s3.port s3.port.grpc"
    ports = dict(zip(names.split(), free_ports(8), strict=True))
    options = {
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "dir": folder / "data",
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": "64",
        "volume.max": "20",
        "volume.preStopSeconds": "0",
        "filer": "true",
        "filer.localSocket": folder / "filer.sock",
        "s3": "true",
        "s3.config": folder / "s3.json",
        "s3.iam": "false",
        "s3.localSocket": folder / "s3.sock",
        "s3.port.iceberg": "0",
        "s3.port.lance": "0",
        **ports,
    }
    with (folder / "log").open("wb") as log:
        command = [weed, "-logtostderr=true", "server", *(f"-{name}={value}" for name, value in options.items())]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    url = f"http://127.0.0.1:{ports['s3.port']}"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.kill()
        process.wait()


def _wait_for(url, process):
    """Until the server refuses a request without a signature."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the S3 server did not start")


@dataclass
class Cluster:
    """The processes of a scheduler and its workers, and what they run with."""

    folder: Path
    environment: dict[str, str]
    workers: list[subprocess.Popen] = field(default_factory=list)
    scheduler: subprocess.Popen | None = None
    address: str = ""

    def start(self, name, *arguments, **environment):
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", "--no-dashboard", *arguments]
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, env={**self.environment, **environment}, cwd=self.folder, stdout=log, stderr=log
            )

    def start_worker(self, **environment):
        options = ("--no-nanny", "--nthreads", "1", "--local-directory", str(self.folder))
        self.workers.append(self.start("worker", f"tcp://{self.address}", *options, **environment))

    def make_ready(self):
        """A scheduler with two workers, new ones in the place of those that a test killed."""
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.end()
            place = self.folder / "scheduler.json"
            place.unlink(missing_ok=True)
            self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", place)
            assert self.until(lambda: place.exists() and "tcp://" in place.read_text())
            self.address = place.read_text().split('"tcp://')[1].split('"')[0]
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < 2:
            self.start_worker()
        assert self.until(lambda: 2 == self.joined())

    def joined(self):
        from distributed import Client

        with Client(f"tcp://{self.address}", set_as_default=False) as client:
            return len(client.scheduler_info(n_workers=-1)["workers"])

    def end(self):
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            process.kill()
            process.wait()
        self.workers.clear()

    @staticmethod
    def until(holds, timeout_s=60):
        """Wait until something holds; whether it does."""
        deadline = time.monotonic() + timeout_s
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.05)
        return bool(holds())


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """Started once, as each of its processes takes more than 1 s of CPU to begin."""
    paths = os.pathsep.join(path for path in sys.path if path)
    found = Cluster(tmp_path_factory.mktemp("cluster"), {**os.environ, **SETTINGS, "PYTHONPATH": paths})
    yield found
    found.end()


@pytest.fixture
def cluster(started):
    started.make_ready()
    return started

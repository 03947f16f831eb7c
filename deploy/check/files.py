"""Checks the files of deploy/ by what can be known without a container engine or a cluster.

    files.py ROOT CHECK     one of CHECKS, on the tree at ROOT; prints what is wrong, exit code 1 if anything is
    files.py ROOT prove     breaks one thing at a time in a copy, and demands that its check finds it

Run by scripts/deploy, which installs what this imports, and puts kubectl, promtool and candor into the environment.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

import jsonschema
import yaml

KUBECTL = os.environ.get("KUBECTL", "kubectl")
CANDOR = os.environ.get("CANDOR", "candor")

# What the scale-out brings; trusted until the settings have it, then this is not looked at any more.
AWAITED_SETTINGS = {
    "REDIS_URL", "REDIS_PREFIX", "REDIS_CA_FILE", "QUEUE", "QUEUES", "CONCURRENCY", "LEASE", "DATABASE_CONNECTIONS",
    "ADMIN_LISTEN", "METRICS_USER", "METRICS_PASSPHRASE",
}  # fmt: skip
AWAITED_SECRETS = {"REDIS_URL", "METRICS_PASSPHRASE"}
AWAITED_COMMANDS = {"web", "worker", "health"}
# Names with our prefix that aren't settings: the program's own option, and compose's choice of an image.
OTHER_NAMES = {"CONFIG", "IMAGE"}


class Tree:
    """The tree at `root`, and what was found to be wrong with it."""

    def __init__(self, root):
        self.root = Path(root)
        self.deploy = self.root / "deploy"
        self.problems = []

    def wrong(self, what):
        self.problems.append(str(what).replace(f"{self.root}/", ""))

    def text(self, path):
        return (self.root / path).read_text()

    def texts(self):
        """Every text file that is about Candor's processes; the mixin has checks of its own."""
        for path in sorted(self.deploy.rglob("*")):
            parts = path.relative_to(self.deploy).parts
            if path.is_file() and parts[0] not in ("mixin", "check") and "secrets" not in parts:
                yield path, path.read_text()


# ---- compose -----------------------------------------------------------------------------------------------------


def compose(tree):
    """Against the Compose Specification; and whatever it mounts is there."""
    folder = tree.deploy / "compose"
    document = yaml.safe_load((folder / "compose.yaml").read_text())
    schema = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text())
    for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(document):
        tree.wrong(f"compose.yaml: {error.json_path}: {error.message[:300]}")
    for name, service in document["services"].items():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            if source.startswith("."):
                # The mixin's rules and dashboards are generated, and committed, by another part.
                if not (folder / source).exists() and "mixin" not in source:
                    tree.wrong(f"compose.yaml: {name} mounts {source}, which isn't there")
            elif source not in document["volumes"]:
                tree.wrong(f"compose.yaml: {name} uses the volume {source}, which isn't declared")
        for secret in service.get("secrets", []):
            if secret not in document["secrets"]:
                tree.wrong(f"compose.yaml: {name} uses the secret {secret}, which isn't declared")
        for value in (service.get("environment") or {}).values():
            path = str(value)
            if path.startswith("/run/secrets/") and path.rsplit("/", 1)[1] not in service.get("secrets", []):
                tree.wrong(f"compose.yaml: {name} reads {path}, which isn't given to it")
    made = (folder / "make-secrets").read_text()
    for secret in document["secrets"]:
        if f"keep {secret}\n" not in made:
            tree.wrong(f"make-secrets doesn't make {secret}")
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (folder / "compose.yaml").read_text()))
    for name in asked - set(re.findall(r"^([A-Z_]+)=", (folder / ".env.example").read_text(), re.M)):
        tree.wrong(f"compose.yaml demands {name}, which .env.example doesn't show")


# ---- Kubernetes --------------------------------------------------------------------------------------------------


def built(folder):
    """What `kubectl kustomize` makes of a folder."""
    run = subprocess.run([KUBECTL, "kustomize", folder], capture_output=True, text=True, check=False)
    if run.returncode:
        raise ValueError(run.stderr.strip() or "kubectl kustomize failed")
    return list(yaml.safe_load_all(run.stdout))


def strict(model, value, place):
    """Fields of `value` that its pydantic model doesn't know: the generated models would let them pass."""
    from pydantic import BaseModel

    if isinstance(value, list) and isinstance(model, list):
        for index, (one, other) in enumerate(zip(model, value)):
            yield from strict(one, other, f"{place}[{index}]")
    if not isinstance(value, dict) or not isinstance(model, BaseModel):
        return
    known = {field.alias or name: name for name, field in type(model).model_fields.items()}
    for key, inner in value.items():
        if key not in known:
            yield f"{place}.{key} is not a field"
        else:
            yield from strict(getattr(model, known[key]), inner, f"{place}.{key}")


@cache
def schema_of(kind, document):
    """What the schema of an object (as JSON, to be remembered) says against it."""
    return list(against_schema(kind, json.loads(document)))


def against_schema(kind, document):
    api, name = document["apiVersion"], document["kind"]
    if api in ("keda.sh/v1alpha1", "monitoring.coreos.com/v1"):
        if api.startswith("keda"):
            import cloudcoil.models.keda.v1alpha1 as models
        else:
            import cloudcoil.models.prometheus_operator.v1 as models
        from pydantic import ValidationError

        try:
            model = getattr(models, name).model_validate(document)
        except ValidationError as error:
            yield from (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        else:
            yield from strict(model, document, kind)
    else:
        import kubernetes_validate

        try:
            kubernetes_validate.validate(document, "1.37", strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{'.'.join(map(str, error.path))}: {error.message[:300]}"


def kubernetes(tree):
    """Each kustomization, built; each object against its schema; and references between objects."""
    folder = tree.deploy / "kubernetes"
    secret = yaml.safe_load((folder / "secret.example.yaml").read_text())
    keys = set(secret["stringData"])
    for kustomization in sorted(folder.rglob("kustomization.yaml")):
        name = kustomization.parent.relative_to(folder)
        try:
            documents = built(kustomization.parent)
        except ValueError as error:
            tree.wrong(f"{name}: {error}")
            continue
        for document in [*documents, secret]:
            kind = f"{document['kind']}/{document['metadata']['name']}"
            if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", document["metadata"]["name"]):
                tree.wrong(f"{name}: {kind} is no name")
            for problem in schema_of(kind, json.dumps(document)):
                tree.wrong(f"{name}: {kind}: {problem}")
            if document["kind"] in ("Deployment", "Job"):
                pod(tree, f"{name}: {kind}", document["spec"]["template"], keys, documents)
            if document["kind"] == "ScaledObject":
                scaled(tree, f"{name}: {kind}", document, keys, documents)
            for reference in selectors(document):
                if reference not in keys:
                    tree.wrong(f"{name}: {kind}: the example Secret has no key {reference}")


def selectors(document):
    """The keys of our Secret that a monitor or a TriggerAuthentication names."""
    spec = document.get("spec", {})
    for endpoint in spec.get("endpoints", []) + spec.get("podMetricsEndpoints", []):
        yield from (part["key"] for part in endpoint.get("basicAuth", {}).values())
    yield from (part["key"] for part in spec.get("secretTargetRef", []))


def pod(tree, where, template, keys, documents):
    """What the restricted profile, a read-only root and our settings demand of a pod."""
    spec = template["spec"]
    if spec.get("enableServiceLinks") is not False:
        tree.wrong(f"{where}: without enableServiceLinks: false Candor refuses the variables of the Services")
    if not spec.get("securityContext", {}).get("runAsNonRoot"):
        tree.wrong(f"{where}: may run as root")
    configured = {d["metadata"]["name"]: d["data"] for d in documents if d["kind"] == "ConfigMap"}
    mounted = {item["path"] for v in spec["volumes"] for item in v.get("secret", {}).get("items", [])}
    for missing in {i["key"] for v in spec["volumes"] for i in v.get("secret", {}).get("items", [])} - keys:
        tree.wrong(f"{where}: the example Secret has no key {missing}")
    for container in spec["containers"]:
        context = container.get("securityContext", {})
        if (
            context.get("allowPrivilegeEscalation") is not False
            or context.get("readOnlyRootFilesystem") is not True
            or context.get("capabilities", {}).get("drop") != ["ALL"]
        ):
            tree.wrong(f"{where}: its container isn't restricted")
        variables = {v["name"]: v["value"] for v in container.get("env", [])}
        for source in container.get("envFrom", []):
            reference = source["configMapRef"]["name"]
            if reference not in configured:
                tree.wrong(f"{where}: there is no ConfigMap {reference}")
            variables |= configured.get(reference, {})
        for name, value in variables.items():
            if str(value).startswith("/run/secrets/candor/") and value.rsplit("/", 1)[1] not in mounted:
                tree.wrong(f"{where}: {name} is {value}, which isn't mounted")
        ports = {port["name"] for port in container.get("ports", [])}
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            if probe in container and container[probe]["httpGet"]["port"] not in ports:
                tree.wrong(f"{where}: {probe} asks a port that isn't there")


def scaled(tree, where, document, keys, documents):
    """What KEDA's types leave to the scaler: `metadata` is a map of strings. From the scalers' reference pages."""
    spec = document["spec"]
    target = spec["scaleTargetRef"]["name"]
    of = [d for d in documents if d["kind"] == "Deployment" and d["metadata"]["name"] == target]
    if not of:
        tree.wrong(f"{where}: there is no Deployment {target}")
    if any("replicas" in d["spec"] for d in of):
        tree.wrong(f"{where}: {target} says replicas, too")
    authentications = {d["metadata"]["name"] for d in documents if d["kind"] == "TriggerAuthentication"}
    needed = {
        "prometheus": {"serverAddress", "query", "threshold", "ignoreNullValues"},
        "metrics-api": {"url", "valueLocation", "targetValue", "authMode"},
        "redis-streams": {"address", "stream", "streamLength"},
    }
    for trigger in spec["triggers"]:
        given, kind = trigger["metadata"], trigger["type"]
        for missing in needed[kind] - set(given):
            tree.wrong(f"{where}: {kind}: {missing} is missing")
        if given.get("ignoreNullValues", "false") != "false":
            tree.wrong(f"{where}: {kind}: an empty answer must be a failure")
        if "consumerGroup" in given:
            tree.wrong(f"{where}: {kind}: consumerGroup would count pending entries")
        about_age = "age_seconds" in given.get("query", "") + given.get("valueLocation", "")
        if trigger["metricType"] != ("Value" if about_age else "AverageValue"):
            tree.wrong(f"{where}: {kind}: {trigger['metricType']} is wrong for {'an age' if about_age else 'a depth'}")
        place = r"queues\.(chat|mail|hooks|default)\.(due|delayed|running|dead|oldest_due_age_seconds|workers|slots)"
        if "valueLocation" in given and not re.fullmatch(place, given["valueLocation"]):
            tree.wrong(f"{where}: /autoscale/queues has no {given['valueLocation']}")
        reference = trigger.get("authenticationRef", {}).get("name")
        if reference not in authentications | {None} or (reference is None and kind != "prometheus"):
            tree.wrong(f"{where}: {kind}: there is no TriggerAuthentication {reference}")


# ---- names, commands, ports, words -------------------------------------------------------------------------------


def settings_of(tree):
    """All settings and the secret ones, from the program's own list."""
    listed = re.search(r"pub\(crate\) const LIST.*?\n\];", tree.text("crates/cli/src/settings.rs"), re.S).group()
    plain, secret = (set(re.findall(rf'\b{kind}\(\s*"([A-Z_]+)"', listed)) for kind in ("plain", "secret"))
    if "REDIS_URL" not in secret:
        plain, secret = plain | AWAITED_SETTINGS, secret | AWAITED_SECRETS
    return plain | secret, secret


def settings(tree):
    """Every CANDOR_ name is a setting."""
    known, secret = settings_of(tree)
    for path, text in tree.texts():
        for name in sorted(set(re.findall(r"\bCANDOR_([A-Z_]*[A-Z])\b", text)) - OTHER_NAMES):
            if name not in known and not (name.endswith("_FILE") and name[:-5] in secret):
                tree.wrong(f"{path}: CANDOR_{name} is not a setting")


def commands(tree):
    """Every command of ours that is run or told exists, with its options: the program itself is asked."""
    told = []
    for path, text in tree.texts():
        if path.name == "Dockerfile":
            told += [(path, json.loads(args)) for args in re.findall(r'^CMD (\[.*\])$', text, re.M)]
            told += [(path, json.loads(args)[1:]) for args in re.findall(r'HEALTHCHECK .* CMD (\[.*\])$', text, re.M)]
        elif path.name == "compose.yaml":
            services = yaml.safe_load(text)["services"].values()
            told += [(path, s["command"]) for s in services if "candor" in s.get("image", "")]
        elif "kubernetes" in path.parts and path.suffix == ".yaml":
            told += [(path, yaml.safe_load(args)) for args in re.findall(r"^ +args: (\[.*\])$", text, re.M)]
        elif path.suffix == ".service":
            told += [(path, args.split()) for args in re.findall(r"^ExecStart=\S+/candor (.*)$", text, re.M)]
        elif path.suffix == ".md":
            lines = re.findall(r"`candor ([^`]+)`", text)
            for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S):
                lines += re.findall(r"^\$ (?:sudo [^|]* )?(?:[\w./]*/)?candor ([a-z].*)$", block, re.M)
            told += [(path, re.sub(r" [|#>].*", "", line).split()) for line in lines]
    if len(told) < 12:
        tree.wrong(f"only {len(told)} commands were found: the search is broken")
    for path, words in told:
        command = []
        for word in words:
            if not re.fullmatch(r"[a-z][a-z-]+", word) or len(command) == 2:
                break
            command.append(word)
        options = [word.split("=")[0] for word in words if word.startswith("--")]
        usage = help_of(tuple(command))
        if usage is None:
            if command[:1] and command[0] in AWAITED_COMMANDS and help_of(("worker",)) is None:
                continue
            tree.wrong(f"{path}: there is no command candor {' '.join(command)}")
            continue
        for option in options:
            if not re.search(rf"{re.escape(option)}\b", usage):
                tree.wrong(f"{path}: candor {' '.join(command)} has no {option}")


@cache
def help_of(command):
    """What a command says of itself; None if there is none."""
    run = subprocess.run([CANDOR, *command, "--help"], capture_output=True, text=True, check=False)
    return run.stdout if run.returncode == 0 else None


PORTS = [
    ("page", "deploy/Dockerfile", r"CANDOR_LISTEN=0\.0\.0\.0:(\d+)"),
    ("page", "deploy/Dockerfile", r"^EXPOSE (\d+)"),
    ("admin", "deploy/Dockerfile", r"^EXPOSE \d+ (\d+)"),
    ("admin", "deploy/compose/compose.yaml", r"CANDOR_ADMIN_LISTEN: 0\.0\.0\.0:(\d+)"),
    ("page", "deploy/compose/haproxy.cfg", r" web:(\d+) check"),
    ("admin", "deploy/compose/prometheus/prometheus.yml", r"port: (\d+)"),
    ("page", "deploy/haproxy/candor.cfg", r"server web\d 10\.0\.0\.1\d:(\d+)"),
    ("page", "deploy/nginx/candor.conf", r"server 10\.0\.0\.1\d:(\d+)"),
    ("page", "deploy/kubernetes/config/candor.env", r"CANDOR_LISTEN=.*:(\d+)"),
    ("admin", "deploy/kubernetes/config/candor.env", r"CANDOR_ADMIN_LISTEN=.*:(\d+)"),
    ("page", "deploy/kubernetes/base/web.yaml", r"name: http, containerPort: (\d+)"),
    ("admin", "deploy/kubernetes/base/web.yaml", r"name: admin, containerPort: (\d+)"),
    ("admin", "deploy/kubernetes/base/web.yaml", r"name: admin, port: (\d+)"),
    ("admin", "deploy/kubernetes/base/worker-chat.yaml", r"name: admin, containerPort: (\d+)"),
    ("admin", "deploy/kubernetes/base/worker-mail.yaml", r"name: admin, containerPort: (\d+)"),
    ("admin", "deploy/kubernetes/overlays/keda-metrics-api/scaledobject.yaml", r"candor-web-admin\.candor:(\d+)/"),
]


def ports(tree):
    """Every file means the same two ports: the program's defaults."""
    source = tree.text("crates/cli/src/settings.rs")
    default = {
        name: re.search(rf'"{setting}", "127\.0\.0\.1:(\d+)', source)
        for name, setting in (("page", "LISTEN"), ("admin", "ADMIN_LISTEN"))
    }
    expected = {"page": default["page"].group(1), "admin": default["admin"].group(1) if default["admin"] else "9180"}
    for which, path, pattern in PORTS:
        found = re.findall(pattern, tree.text(path), re.M)
        if not found:
            tree.wrong(f"{path}: {pattern} isn't there any more")
        for port in set(found) - {expected[which]}:
            tree.wrong(f"{path}: {port} is not the {which} port, {expected[which]}")


def runbook(tree):
    """A section for each alert and none more; links, metrics, queries and SQL hold."""
    text = tree.text("deploy/RUNBOOK.md")
    alerts = tree.deploy / "mixin/out/alerts.yaml"
    sections = set(re.findall(r"^### (Candor\w+)$", text, re.M))
    if alerts.exists():
        groups = yaml.safe_load(alerts.read_text())["groups"]
        named = {rule["alert"] for group in groups for rule in group["rules"] if "alert" in rule}
        for name in sorted(named ^ sections):
            tree.wrong(f"RUNBOOK.md: {name} is {'an alert without a section' if name in named else 'no alert'}")
    elif len(sections) < 21:
        tree.wrong(f"RUNBOOK.md has only {len(sections)} sections on alerts")
    for path, body in tree.texts():
        if path.suffix == ".md":
            for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", body):
                # The mixin is another part's, and may come later.
                if not (path.parent / link).exists() and not link.startswith("mixin"):
                    tree.wrong(f"{path}: the link {link} leads nowhere")
    catalogue = tree.root / "crates/telemetry/src/catalogue.rs"
    if catalogue.exists():
        known = set(re.findall(r'"(candor_\w+)"', catalogue.read_text()))
        for path, body in tree.texts():
            for name in sorted(set(re.findall(r"\b(candor_[a-z_]+(?:total|[a-z]))\b", body))):
                if name not in known and re.sub(r"_(bucket|count|sum)$", "", name) not in known:
                    if name not in ("candor_web", "candor_worker"):
                        tree.wrong(f"{path}: {name} is not a metric")
    queries = "\n".join(re.findall(r"^```promql\n(.*?)^```", text, re.M | re.S)).splitlines()
    for scaledobject in (tree.deploy / "kubernetes/overlays").rglob("scaledobject.yaml"):
        for document in yaml.safe_load_all(scaledobject.read_text()):
            queries += [t["metadata"]["query"] for t in document["spec"].get("triggers", []) if "query" in t["metadata"]]
    parsed(tree, [query for query in queries if query.strip() and not query.startswith("#")])
    schema = sqlite3.connect(":memory:")
    for migration in sorted((tree.root / "migrations/sqlite").glob("*/up.sql")):
        schema.executescript(migration.read_text())
    for statement in re.findall(r"^```sql\n(.*?)^```", text, re.M | re.S):
        try:
            schema.execute(f"EXPLAIN {statement}")
        except sqlite3.Error as error:
            tree.wrong(f"RUNBOOK.md: {error}: {statement.strip()}")


def parsed(tree, queries):
    """Every query, as a rule for promtool."""
    rules = [{"record": f"query:{index}", "expr": query} for index, query in enumerate(queries)]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}, file)
        file.flush()
        run = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
    if run.returncode or len(queries) < 5:
        tree.wrong(f"{len(queries)} queries: {(run.stdout + run.stderr).strip()}")


CHECKS = {check.__name__: check for check in (compose, kubernetes, settings, commands, ports, runbook)}

# ---- proof that they can fail ------------------------------------------------------------------------------------

# check, file, what stands there, what to put in its place, what must be said
BREAKS = [
    ("compose", "compose/compose.yaml", "stop_grace_period: 15s\n  read_only", "stop_grace: 15s\n  read_only", "stop_grace"),
    ("compose", "compose/compose.yaml", "./redis.conf:", "./reddis.conf:", "which isn't there"),
    ("compose", "compose/compose.yaml", "secrets: [grafana_password]", "secrets: [grafana]", "isn't declared"),
    ("compose", "compose/compose.yaml", "metrics_passphrase, redis_url,", "metrics_passphrase,", "isn't given to it"),
    ("compose", "compose/make-secrets", "keep redis_url", "keep redis", "doesn't make redis_url"),
    ("compose", "compose/.env.example", "CANDOR_MAIL_HOST=", "MAIL_HOST=", "demands CANDOR_MAIL_HOST"),
    ("kubernetes", "kubernetes/base/web.yaml", "maxUnavailable: 0", "maxUnavailble: 0", "maxUnavailble"),
    ("kubernetes", "kubernetes/base/web.yaml", "minAvailable: 1", "minAvailable: [1]", "minAvailable"),
    ("kubernetes", "kubernetes/base/web.yaml", "web-admin\n", "web/admin\n", "is no name"),
    ("kubernetes", "kubernetes/base/web.yaml", "enableServiceLinks: false", "enableServiceLinks: true", "refuses the variables"),
    ("kubernetes", "kubernetes/base/web.yaml", "runAsNonRoot: true", "runAsNonRoot: false", "as root"),
    ("kubernetes", "kubernetes/base/web.yaml", "drop: [ALL]", "drop: [SYS_ADMIN]", "isn't restricted"),
    ("kubernetes", "kubernetes/base/web.yaml", "port: admin}\n            periodSeconds: 10", "port: adm}\n            periodSeconds: 10", "a port that isn't there"),
    ("kubernetes", "kubernetes/base/worker-mail.yaml", "{key: redis-url, path: redis-url}", "{key: redis-url, path: redis}", "isn't mounted"),
    ("kubernetes", "kubernetes/secret.example.yaml", "  redis-url:", "  redis-uri:", "no key redis-url"),
    ("kubernetes", "kubernetes/config/kustomization.yaml", "worker.env", "workers.env", "workers.env"),
    ("kubernetes", "kubernetes/overlays/keda-prometheus/scaledobject.yaml", "pollingInterval", "pollInterval", "pollInterval is not a field"),
    ("kubernetes", "kubernetes/overlays/keda-prometheus/scaledobject.yaml", 'threshold: "500"', "threshold: 500", "valid string"),
    ("kubernetes", "kubernetes/overlays/keda-prometheus/scaledobject.yaml", 'ignoreNullValues: "false"', 'ignoreNullValues: "true"', "must be a failure"),
    ("kubernetes", "kubernetes/overlays/keda-prometheus/scaledobject.yaml", "metricType: Value", "metricType: AverageValue", "wrong for an age"),
    ("kubernetes", "kubernetes/overlays/keda-metrics-api/scaledobject.yaml", "queues.mail.due", "queues.mail.depth", "has no queues.mail.depth"),
    ("kubernetes", "kubernetes/overlays/keda-metrics-api/scaledobject.yaml", "authenticationRef: {name: candor-metrics}", "authenticationRef: {name: metrics}", "no TriggerAuthentication"),
    ("kubernetes", "kubernetes/overlays/keda-redis-streams/scaledobject.yaml", "streamLength:", "consumerGroup: workers\n        streamLength:", "pending entries"),
    ("kubernetes", "kubernetes/overlays/keda-redis-streams/kustomization.yaml", "/spec/replicas", "/spec/paused", "Unable to remove"),
    ("kubernetes", "kubernetes/overlays/servicemonitor/monitors.yaml", "interval: 15s", "every: 15s", "every is not a field"),
    ("kubernetes", "kubernetes/overlays/servicemonitor/monitors.yaml", "key: metrics-user", "key: user", "no key user"),
    ("settings", "compose/compose.yaml", "CANDOR_CONCURRENCY", "CANDOR_CONCURENCY", "CANDOR_CONCURENCY is not a setting"),
    ("settings", "kubernetes/config/worker.env", "CANDOR_MAIL_HOST=", "CANDOR_MAIL_HOST_FILE=", "CANDOR_MAIL_HOST_FILE is not"),
    ("commands", "systemd/candor-web.service", "candor web", "candor wob", "no command candor wob"),
    ("commands", "kubernetes/migrate/job.yaml", "args: [migrate]", "args: [migrate, --now]", "has no --now"),
    ("commands", "RUNBOOK.md", "`candor log verify`", "`candor log verifi`", "verifi"),
    ("ports", "nginx/candor.conf", "10.0.0.12:8000", "10.0.0.12:8080", "8080 is not the page port"),
    ("ports", "kubernetes/config/candor.env", "0.0.0.0:9180", "0.0.0.0:9181", "9181 is not the admin port"),
    ("ports", "Dockerfile", "EXPOSE 8000 9180", "EXPOSE 8000", "isn't there any more"),
    ("runbook", "RUNBOOK.md", "### CandorWatchdog", "### Watchdog", ("sections on alerts", "without a section")),
    ("runbook", "RUNBOOK.md", "FROM delivery", "FROM deliveries", "no such table"),
    ("runbook", "README.md", "](RUNBOOK.md)", "](RUNBOK.md)", "leads nowhere"),
    ("runbook", "kubernetes/overlays/keda-prometheus/scaledobject.yaml", 'query: max(candor_queue_old', 'query: max((candor_queue_old', "parse error"),
]  # fmt: skip


def prove(root):
    """Breaks one thing at a time, and demands that it is found, and for that reason."""
    missed = 0
    for name, path, old, new, says in BREAKS:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            shutil.copytree(root / "deploy", copy / "deploy")
            shutil.copytree(root / "migrations", copy / "migrations")
            for source in ("crates/cli/src/settings.rs", "crates/telemetry/src/catalogue.rs"):
                if (root / source).exists():
                    (copy / source).parent.mkdir(parents=True)
                    shutil.copy(root / source, copy / source)
            broken = copy / "deploy" / path
            if old not in broken.read_text():
                print(f"{path} has no {old!r} to break")
                missed += 1
                continue
            broken.write_text(broken.read_text().replace(old, new))
            tree = Tree(copy)
            CHECKS[name](tree)
            found = "\n".join(tree.problems)
            if not any(word in found for word in ([says] if isinstance(says, str) else says)):
                print(f"NOT found by {name}: {path} with {new!r}; it says: {found or 'nothing'}")
                missed += 1
    print(f"{len(BREAKS) - missed} of {len(BREAKS)} broken copies were found out")
    return missed


def main():
    root, what = Path(sys.argv[1]), sys.argv[2]
    if what == "prove":
        return 1 if prove(root) else 0
    tree = Tree(root)
    CHECKS[what](tree)
    print("\n".join(tree.problems), end="\n" if tree.problems else "")
    return 1 if tree.problems else 0


if __name__ == "__main__":
    sys.exit(main())

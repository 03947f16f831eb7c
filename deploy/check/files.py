"""Checks the files of deploy/ by what can be known without a container engine or a cluster.

    files.py ROOT CHECK     one of CHECKS, on the tree at ROOT; prints what is wrong, exit code 1 if anything is
    files.py ROOT prove     breaks one thing at a time in a copy, and demands that its check finds it

Run by scripts/deploy, which installs what this imports, and puts kubectl, promtool and candor into the environment.
"""

import ipaddress
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
from breaks import BREAKS
from cluster import kubernetes

CANDOR = os.environ.get("CANDOR", "candor")

# What the scale-out brings; trusted until the settings have it, then this is not looked at any more.
AWAITED_SETTINGS = {
    "REDIS_URL", "REDIS_PREFIX", "REDIS_CA_FILE", "QUEUE", "QUEUES", "CONCURRENCY", "LEASE", "DATABASE_CONNECTIONS",
    "ADMIN_LISTEN", "METRICS_USER", "METRICS_PASSPHRASE",
}  # fmt: skip
AWAITED_SECRETS = {"REDIS_URL", "METRICS_PASSPHRASE"}
AWAITED_COMMANDS = {"web", "worker", "health"}
# Names with our prefix that aren't settings: the program's own option, compose's choice of an image, what a build is
# told of its commit, and what makes tests write their tables.
OTHER_NAMES = {"COMMIT", "CONFIG", "IMAGE", "UPDATE"}


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
        """Every text file that is about Candor's processes, and the book; the mixin has checks of its own."""
        for path in sorted((self.root / "docs").rglob("*.md")):
            yield path, path.read_text()
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


# ---- names, commands, ports, words -------------------------------------------------------------------------------


def settings_of(tree):
    """All settings and the secret ones, from the program's own list."""
    listed = re.search(r"pub\(crate\) const LIST.*?\n\];", tree.text("crates/cli/src/settings.rs"), re.S).group()
    kinds = ("plain", "secret|guarding")
    plain, secret = (set(re.findall(rf'\b(?:{kind})\(\s*"([A-Z_]+)"', listed)) for kind in kinds)
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
            for block in re.findall(r"^```(?:console|sh)\n(.*?)^```", text, re.M | re.S):
                as_user = r"(?:sudo (?:-u \w+ )?(?:env )?(?:[A-Z_]+=\S+ )*)?"
                lines += re.findall(rf"^(?:\$ )?{as_user}(?:[\w./]*/)?candor ([a-z].*)$", block, re.M)
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
    """A section for each alert and none more; metrics, queries and SQL hold."""
    text = tree.text("docs/operate/runbook.md")
    alerts = tree.deploy / "mixin/out/alerts.yaml"
    sections = set(re.findall(r"^### (Candor\w+)$", text, re.M))
    if alerts.exists():
        groups = yaml.safe_load(alerts.read_text())["groups"]
        named = {rule["alert"] for group in groups for rule in group["rules"] if "alert" in rule}
        for name in sorted(named ^ sections):
            tree.wrong(f"runbook.md: {name} is {'an alert without a section' if name in named else 'no alert'}")
    elif len(sections) < 21:
        tree.wrong(f"runbook.md has only {len(sections)} sections on alerts")
    catalogue = tree.root / "crates/telemetry/src/catalogue.rs"
    if catalogue.exists():
        known = set(re.findall(r'"(candor_\w+)"', catalogue.read_text()))
        for path, body in tree.texts():
            if path.suffix in (".md", ".yaml", ".yml"):
                for name in sorted(set(re.findall(r"\bcandor_[a-z_]*[a-z]\b(?![=:])", body)) - known):
                    if re.sub(r"_(bucket|count|sum)$", "", name) not in known:
                        tree.wrong(f"{path}: {name} is not a metric")
    chapters = "\n".join(path.read_text() for path in sorted((tree.root / "docs/operate").glob("*.md")))
    queries = "\n".join(re.findall(r"^```promql\n(.*?)^```", chapters, re.M | re.S)).splitlines()
    for scaledobject in (tree.deploy / "kubernetes/overlays").rglob("scaledobject.yaml"):
        for document in yaml.safe_load_all(scaledobject.read_text()):
            given = [trigger["metadata"] for trigger in document["spec"].get("triggers", [])]
            queries += [metadata["query"] for metadata in given if "query" in metadata]
    parsed(tree, [query for query in queries if query.strip() and not query.startswith("#")])
    schema = sqlite3.connect(":memory:")
    for migration in sorted((tree.root / "migrations/sqlite").glob("*/up.sql")):
        schema.executescript(migration.read_text())
    for statement in re.findall(r"^```sql\n(.*?)^```", chapters, re.M | re.S):
        try:
            schema.execute(f"EXPLAIN {statement}")
        except sqlite3.Error as error:
            tree.wrong(f"runbook.md: {error}: {statement.strip()}")


def parsed(tree, queries):
    """Every query, as a rule for promtool."""
    rules = [{"record": f"query:{index}", "expr": query} for index, query in enumerate(queries)]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}, file)
        file.flush()
        run = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
    if run.returncode or len(queries) < 5:
        tree.wrong(f"{len(queries)} queries: {(run.stdout + run.stderr).strip()}")


def languages(tree):
    """nginx tells apart the languages that there are."""
    found = re.search(r"\(\?<candor_first>((?:\w+\|)+\w+)", tree.text("deploy/nginx/candor.conf"))
    told_apart = set(found.group(1).split("|")) if found else set()
    there = {folder.name.split("-")[0] for folder in (tree.root / "locales").iterdir() if folder.is_dir()}
    if told_apart != there:
        tree.wrong(f"nginx/candor.conf: knows the languages {sorted(told_apart)}, and there are {sorted(there)}")


def trusted(tree):
    """Whose word is taken for the visitor's address: no more than where the proxies are."""
    found = 0
    for path, text in tree.texts():
        for given in re.findall(r"^\s*CANDOR_TRUSTED_PROXIES[=:]\s*(\S+)", text, re.M):
            found += 1
            for network in map(ipaddress.ip_network, given.split(",")):
                if network.prefixlen < network.max_prefixlen / 2:
                    tree.wrong(f"{path}: {network} is more than a network of proxies: others there could make addresses up")
    if found < 2:
        tree.wrong(f"only {found} lists of trusted proxies were found: the search is broken")
    document = yaml.safe_load(tree.text("deploy/compose/compose.yaml"))
    address = document["services"]["proxy"]["networks"]["candor"]["ipv4_address"]
    if document["services"]["web"]["environment"]["CANDOR_TRUSTED_PROXIES"] != address:
        tree.wrong(f"compose.yaml: HAProxy is {address}, and another one is trusted")
    network = document["networks"]["candor"]["ipam"]["config"][0]
    if f"src {network['gateway']} " not in tree.text("deploy/compose/haproxy.cfg"):
        tree.wrong(f"compose/haproxy.cfg: {network['gateway']} is the gateway, and another one is believed")
    if ipaddress.ip_address(address) in ipaddress.ip_network(network["ip_range"]):
        tree.wrong(f"compose.yaml: another container may get HAProxy's {address}")


CHECKS = {
    check.__name__: check for check in (compose, kubernetes, settings, commands, ports, runbook, languages, trusted)
}

# ---- proof that they can fail ------------------------------------------------------------------------------------


def prove(root):
    """Breaks one thing at a time, and demands that it is found, and for that reason."""
    missed = 0
    for name, path, old, new, says in BREAKS:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for folder in ("deploy", "docs", "migrations", "locales"):
                shutil.copytree(root / folder, copy / folder)
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

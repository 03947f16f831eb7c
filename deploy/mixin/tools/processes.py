"""The real processes of the rig, on free ports of this machine, each ended by its own process id."""
import glob
import http.server
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from sink import Sink

SECRET = "a-secret-for-the-rig"
PASSPHRASE = "a-passphrase-for-the-rig"


def until(what, ask, deadline=60):
    """Polls `ask` until it returns something; after `deadline` prints what it waited for and returns None."""
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.2)
    print(f"waited {deadline} s in vain for: {what}", flush=True)
    return None


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(port):
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


class Processes:
    def __init__(self, binary):
        self.binary = str(pathlib.Path(binary).resolve())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="candor-rig-"))
        self.folder.chmod(0o755)
        self.running = {}
        self.tls_server = None
        self.port = {
            name: free_port()
            for name in ("postgres", "redis", "smtp", "page", "web", "a", "b", "probe", "tls", "prometheus")
        }
        self.sink = Sink(self.port["smtp"])

    def start(self, name, *command, user=None, env=None):
        """Starts a program that ends with this one; its output goes to `<name>.log`."""
        bound = ("setpriv", "--pdeathsig", "QUIT" if name == "postgres" else "KILL")
        with open(self.folder / f"{name}.log", "ab") as log:
            self.running[name] = subprocess.Popen(
                [*bound, *(str(part) for part in command)], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env=env, user=user, cwd=self.folder, extra_groups=[] if user else None,
            )
        process = self.running[name]
        until(f"{name} to listen", lambda: process.poll() is not None or answers(self.port[name]))
        if process.poll() is not None:
            log = (self.folder / f"{name}.log").read_text()
            raise SystemExit(f"{name} ended at once: {log.strip().splitlines()[-1:]}")

    def end(self, name, how=signal.SIGTERM):
        process = self.running.pop(name, None)
        if process and process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def close(self):
        for name in reversed(list(self.running)):
            self.end(name, signal.SIGINT if name == "postgres" else signal.SIGTERM)
        self.sink.close()
        if "CANDOR_RIG_KEEP" in os.environ:
            print("kept:", self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    # ---- PostgreSQL and Redis --------------------------------------------------------------------------------------

    def postgres(self):
        data = self.folder / "postgres"
        user = "postgres" if os.geteuid() == 0 else None
        tools = max(glob.glob("/usr/lib/postgresql/*/bin"), default="/usr/bin")
        if not data.exists():
            data.mkdir()
            if user:
                os.chown(data, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
            subprocess.run(
                [f"{tools}/initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D", data],
                check=True, stdout=subprocess.DEVNULL, user=user, cwd="/", extra_groups=[] if user else None,
            )
        self.start(
            "postgres", f"{tools}/postgres", "-D", data, "-p", self.port["postgres"], "-h", "127.0.0.1", "-k", "",
            user=user,
        )
        until("PostgreSQL to answer", lambda: self.sql("SELECT 1", quiet=True) is not None)

    def sql(self, text, quiet=False):
        """Runs SQL with psql; returns its output, or None if it failed."""
        result = subprocess.run(
            ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", self.database(), "-c", text],
            capture_output=True, text=True, check=False,
        )
        if result.returncode and not quiet:
            print("psql:", result.stderr.strip(), flush=True)
        return None if result.returncode else result.stdout.strip()

    def database(self):
        return f"postgres://postgres@127.0.0.1:{self.port['postgres']}/postgres"

    def redis(self):
        self.start("redis", "redis-server", "--port", self.port["redis"], "--bind", "127.0.0.1", "--save", "")

    # ---- Candor ----------------------------------------------------------------------------------------------------

    def settings(self, name):
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith(("CANDOR_", "OTEL_"))},
            "CANDOR_DATABASE_URL": self.database(),
            "CANDOR_REDIS_URL": f"redis://127.0.0.1:{self.port['redis']}/0",
            "CANDOR_SITE_URL": f"http://localhost:{self.port['page']}",
            "CANDOR_LISTEN": f"127.0.0.1:{self.port['page']}",
            "CANDOR_DATA_DIR": str(self.folder / f"data-{name}"),
            "CANDOR_SECRET_KEY": "2f1c8e5ab7d94630c1f08a7be2d35946aa07c4d18be6925f30d7e1b84c69f5a3",
            "CANDOR_ALERT_SECRET": SECRET,
            "CANDOR_MAIL_HOST": "127.0.0.1",
            "CANDOR_MAIL_PORT": str(self.port["smtp"]),
            "CANDOR_MAIL_FROM": "status@example.org",
            "CANDOR_ADMIN_LISTEN": f"127.0.0.1:{self.port.get(name, 0)}",
            "CANDOR_METRICS_PASSPHRASE": PASSPHRASE,
            "CANDOR_LEASE": "5",
        }

    def web(self):
        self.start("web", self.binary, "web", env=self.settings("web"))

    def worker(self, name):
        self.start(name, self.binary, "worker", "--concurrency", "4", env=self.settings(name))

    def candor(self, *arguments):
        """Runs an operator's command; returns what it printed."""
        result = subprocess.run(
            [self.binary, *arguments], env=self.settings("operator"), capture_output=True, text=True, check=False,
            cwd=self.folder,
        )
        if result.returncode:
            print("candor", *arguments, "said:", (result.stderr or result.stdout).strip(), flush=True)
        return result.stdout

    def http(self, path, body=None, headers=None, timeout=20):
        """Requests a path of the page; returns (status, text), or (0, error) without an answer."""
        url = path if path.startswith("http") else f"http://127.0.0.1:{self.port['page']}{path}"
        request = urllib.request.Request(url, body.encode() if body is not None else None, headers or {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def alert(self, name, secret=SECRET):
        body = {"action": "Create", "alert": {"alertId": name, "message": f"{name} is down", "updatedAt": 1}}
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        return self.http("/integrations/opsgenie/hook", json.dumps(body), headers)[0]

    # ---- Monitoring ------------------------------------------------------------------------------------------------

    def certificate(self, days):
        """Serves HTTPS with a certificate that is valid for this many days."""
        if self.tls_server:
            self.tls_server.shutdown()
            self.tls_server.server_close()
        pem = self.folder / "tls.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             str(days), "-subj", "/CN=localhost", "-keyout", pem, "-out", self.folder / "tls.crt"],
            check=True, capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "tls.crt", pem)

        class NoContent(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.tls_server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port["tls"]), NoContent)
        self.tls_server.socket = context.wrap_socket(self.tls_server.socket, server_side=True)
        threading.Thread(target=self.tls_server.serve_forever, args=(0.05,), daemon=True).start()

    def blackbox(self):
        module = {"prober": "http", "timeout": "2s", "http": {"tls_config": {"insecure_skip_verify": True}}}
        config = self.folder / "blackbox.yml"
        config.write_text(json.dumps({"modules": {"http_2xx": module}}))
        self.start(
            "probe", "prometheus-blackbox-exporter", f"--config.file={config}",
            f"--web.listen-address=127.0.0.1:{self.port['probe']}",
        )

    def prometheus(self, rules):
        """Starts a Prometheus that scrapes every second; `rules` are groups of the mixin."""
        (self.folder / "rules.json").write_text(json.dumps({"groups": rules}))
        login = {"username": "metrics", "password": PASSPHRASE}

        def job(name, *ports):
            targets = [f"127.0.0.1:{self.port[port]}" for port in ports]
            return {"job_name": name, "basic_auth": login, "static_configs": [{"targets": targets}]}

        probe = {
            "job_name": "candor-probe",
            "metrics_path": "/probe",
            "params": {"module": ["http_2xx"]},
            "scrape_timeout": "1s",
            "static_configs": [{"targets": [
                f"http://127.0.0.1:{self.port['page']}/healthcheck/",
                f"https://127.0.0.1:{self.port['tls']}/",
            ]}],
            "relabel_configs": [
                {"source_labels": ["__address__"], "target_label": "__param_target"},
                {"source_labels": ["__param_target"], "target_label": "instance"},
                {"target_label": "__address__", "replacement": f"127.0.0.1:{self.port['probe']}"},
            ],
        }
        config = self.folder / "prometheus.json"
        config.write_text(json.dumps({
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": ["rules.json"],
            "scrape_configs": [job("candor-web", "web"), job("candor-worker", "a", "b"), probe],
        }))
        self.start(
            "prometheus", "prometheus", f"--config.file={config}", f"--storage.tsdb.path={self.folder}/tsdb",
            f"--web.listen-address=127.0.0.1:{self.port['prometheus']}", "--log.level=warn",
        )

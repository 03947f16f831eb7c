"""Runs nginx and HAProxy with our files before real processes, and takes those away.

    proxies.py ROOT         all of it; prints figures, exit code 1 if a promise isn't kept
    proxies.py ROOT prove   the same with one line of a file broken at a time; each has to be found out

Only addresses, ports and paths of the files are changed. Everything listens on loopback and is ended by its own handle.
Run by scripts/deploy; CANDOR names the program.
"""

import contextlib
import http.client
import itertools
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CANDOR = os.environ.get("CANDOR", "candor")
TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE  # Our own certificate, made below.


def bound(signal_name):
    """What is run by this gets the signal when we end, however we do."""
    return ("setpriv", "--pdeathsig", signal_name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what, seconds=15):
    """Polls; gives up loudly."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    raise TimeoutError(f"{what}: not within {seconds} s")


def ask(port, method="GET", path="/", body=None, headers=None, tls=True, keep=None, source=None):
    """Status, headers and body of one request; (0, why, b"") if the connection failed."""
    kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
    source = source and (source, 0)
    given = {"timeout": 10, "source_address": source, **({"context": TLS} if tls else {})}
    connection = keep or kind("127.0.0.1", port, **given)
    try:
        connection.request(method, path, body, {"Host": "status.example.org", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return 0, error, b""
    finally:
        if keep is None:
            connection.close()


class Candor:
    """A real `candor serve`."""

    def __init__(self, folder):
        self.port, self.folder, self.process = free_port(), folder, None

    def start(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("CANDOR", "OTEL"))}
        environment |= {"CANDOR_LISTEN": f"127.0.0.1:{self.port}", "CANDOR_DATA_DIR": str(self.folder)}
        with open(f"{self.folder}.log", "ab") as log:
            self.process = subprocess.Popen([*bound("KILL"), CANDOR, "serve"], env=environment, stdout=log, stderr=log)
        until(lambda: ask(self.port, path="/healthcheck/", tls=False)[0] == 200, "candor serve starts")
        return self

    def act(self, *words):
        """A command of the operator."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("CANDOR", "OTEL"))}
        environment["CANDOR_DATA_DIR"] = str(self.folder)
        subprocess.run([CANDOR, *words], env=environment, check=True, capture_output=True)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)


class Stub:
    """An upstream that notes what it is told, and can hang up after it has read a request, or be unhealthy."""

    def __init__(self):
        stub, self.seen, self.hangs_up, self.healthy = self, [], False, True

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                probe = self.path in ("/healthcheck/", "/livez")
                if not probe:
                    stub.seen.append((self.command, self.path, len(body), self.headers.get_all("X-Forwarded-For")))
                    if stub.hangs_up:
                        self.close_connection = True
                        return
                status = 503 if self.path == "/healthcheck/" and not stub.healthy else 200
                self.send_response(status)
                self.send_header("Content-Length", "3")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(b"ok\n")

            do_GET = do_HEAD = do_POST = handle_one

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def start(self):
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


# In the place of the gateway of compose's network.
GATEWAY = "127.0.0.3"


class Proxy:
    """nginx, HAProxy, or the HAProxy of compose, before two upstreams."""

    def __init__(self, root, kind, folder, upstreams, quick=False):
        self.kind, self.folder, self.port = kind, folder, free_port()
        folder.mkdir()
        certificate(folder)
        plain, places, self.tls = free_port(), {}, kind != "compose"
        if self.tls:
            for index, upstream in enumerate(upstreams):
                places[f"10.0.0.1{index + 1}:8000"] = f"127.0.0.1:{upstream.port}"
        if kind == "nginx":
            text = (root / "deploy/nginx/candor.conf").read_text()
            places |= {
                "listen [::]:80;": "",
                "listen [::]:443 ssl http2;": "",
                "listen 80;": f"listen 127.0.0.1:{plain};",
                "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
                "/etc/nginx/candor/": f"{folder}/",
                "/var/cache/nginx/candor": f"{folder}/cache",
                "/var/log/nginx/": f"{folder}/",
            }
            kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            (folder / "nginx.conf").write_text(
                f"{'user root;' if os.getuid() == 0 else ''} daemon off; worker_processes 2; pid {folder}/pid;\n"
                f"error_log {folder}/error.log; events {{}}\nhttp {{ access_log off;\n"
                + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
                + "include candor.conf; }\n"
            )
            self.file = folder / "candor.conf"
            command = ["nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"]
            self.test, self.run = [*command, "-t"], command
        else:
            places["maxconn 20000"] = "maxconn 500"
            if kind == "haproxy":
                text = (root / "deploy/haproxy/candor.cfg").read_text()
                places |= {
                    "log /dev/log local0": "log stdout format raw local0",
                    "    user haproxy\n    group haproxy\n": "",
                    "bind :80\n": f"bind 127.0.0.1:{plain}\n",
                    "bind :443": f"bind 127.0.0.1:{self.port}",
                    "/etc/haproxy/certs/status.example.org.pem": f"{folder}/all.pem",
                }
            else:
                text = (root / "deploy/compose/haproxy.cfg").read_text()
                servers = [f"server web{i} 127.0.0.1:{u.port} check inter 2s fall 2 rise 1" for i, u in enumerate(upstreams)]
                text = re.sub(r"( +)server-template web 1-8 web:8000 .*", "\\1" + "\n\\1".join(servers), text)
                places |= {"bind :8000": f"bind 127.0.0.1:{self.port}", "172.30.93.1 ": f"{GATEWAY} "}
            if quick:
                places["inter 2s"] = "inter 200ms"
            self.file = folder / "haproxy.cfg"
            self.test, self.run = ["haproxy", "-c", "-f", str(self.file)], ["haproxy", "-db", "-f", str(self.file)]
        for old, new in places.items():
            if old not in text:
                raise ValueError(f"{kind}: {old!r} isn't in the file any more")
            text = text.replace(old, new)
        self.file.write_text(text)
        self.process = None

    def start(self):
        test = subprocess.run(self.test, capture_output=True, text=True, check=False)
        noise = re.findall(r".*(?:\[warn\]|\[WARNING\]).*", test.stderr)
        if test.returncode or noise:
            raise ValueError(f"{self.kind} refuses its file: {test.stderr}")
        with open(self.folder / "out.log", "wb") as log:
            # SIGTERM, so that nginx's workers end with it.
            self.process = subprocess.Popen([*bound("TERM"), *self.run], stdout=log, stderr=log)
        until(lambda: self.ask(path="/healthcheck/")[0] == 200, f"{self.kind} starts")
        return self

    def ask(self, *words, **more):
        return ask(self.port, *words, tls=self.tls, **more)

    def logged(self):
        """All that it wrote into any log."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)


def certificate(folder):
    """A key and a certificate that last as long as this check."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=status.example.org", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "all.pem").write_text((folder / "fullchain.pem").read_text() + (folder / "privkey.pem").read_text())


class Viewers:
    """Four who ask all the time: pages and what no cache keeps, on kept and on new connections."""

    def __init__(self, port):
        self.port, self.asked, self.failed, self.longest, self.done = port, 0, [], 0.0, threading.Event()
        self.lock = threading.Lock()
        kinds = [(path, kept) for path in ("/", "/subscribe") for kept in (True, False)]
        self.threads = [threading.Thread(target=self.view, args=kind) for kind in kinds]

    def view(self, path, kept):
        keep = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=TLS) if kept else None
        while not self.done.is_set():
            begin = time.monotonic()
            status, why, _ = ask(self.port, path=path, keep=keep)
            with self.lock:
                self.asked += 1
                self.longest = max(self.longest, time.monotonic() - begin)
                if status != 200:
                    self.failed.append((path, status, str(why) if status == 0 else ""))
            time.sleep(0.005)
        if keep:
            keep.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        for thread in self.threads:
            thread.join()


class Run:
    """What was promised, and what was seen."""

    def __init__(self, root, quiet=False):
        self.root, self.quiet, self.broken = root, quiet, []

    def demand(self, holds, what):
        if not holds:
            self.broken.append(what)
        if not self.quiet:
            print(f"{'ok' if holds else 'BROKEN'}: {what}")

    def kills(self, kind, proxy, candors):
        """SIGKILL of one process, and its return; then of the other."""
        rounds = int(os.environ.get("ROUNDS", "1"))
        with Viewers(proxy.port) as viewers:
            for candor in candors * rounds:
                enough = viewers.asked + 100
                until(lambda: viewers.asked >= enough, "viewers ask")
                candor.kill()
                enough = viewers.asked + 200
                until(lambda: viewers.asked >= enough, "viewers ask")
                candor.start()
                # nginx leaves who failed alone for 2 s, counted in whole seconds; HAProxy asks every 2 s. The proxy has
                # to have noticed that this one is back before the other one goes.
                time.sleep(3.2 if kind == "nginx" else 2.2)
        killed = rounds * len(candors)
        what = f"{kind}: {viewers.asked} GETs while a process was killed {killed} times: {len(viewers.failed)} failed"
        self.demand(not viewers.failed, f"{what}{viewers.failed[:3] or ''}, the longest took {viewers.longest:.2f} s")

    def cache(self, nginx):
        """Query strings and unknown paths make no entries."""
        entries = lambda: sum(path.is_file() for path in (nginx.folder / "cache").rglob("*"))
        for encoding in ("br", "gzip", "identity"):
            ask(nginx.port, headers={"Accept-Encoding": encoding})
        before = entries()
        for number in range(60):
            ask(nginx.port, path=f"/?utm={number}", headers={"Accept-Encoding": f"gzip;q=0.{number}, br"})
            ask(nginx.port, path=f"/no-such-page-{number}")
        what = f"nginx: 60 query strings and 60 unknown paths: {entries()} cache entries of {before}"
        self.demand(entries() == before == 3, what)

    def gone(self, nginx, since):
        """With everybody gone the page stands."""
        # Candor's pages may be kept for 10 s; only after that it is the stale page that is served.
        time.sleep(max(0.0, since + 10.5 - time.monotonic()))
        page, form = ask(nginx.port)[0], ask(nginx.port, path="/subscribe")[0]
        self.demand((page, form) == (200, 502), f"nginx: all processes gone: the page {page}, a form {form}")

    def stubs(self, kind, folder):
        """What only a witness behind the proxy can tell."""
        first, second = Stub(), Stub()
        with contextlib.ExitStack() as ends:
            for stub in (first, second):
                ends.callback(stub.stop)

            def fresh(name):
                """A proxy that nobody failed yet."""
                proxy = Proxy(self.root, kind, folder / f"{kind}-{name}", (first, second), quick=True)
                ends.callback(proxy.stop)
                first.hangs_up = second.hangs_up = False
                proxy.start()
                first.seen.clear(), second.seen.clear()
                return proxy

            proxy = fresh("headers")
            stranger = {"X-Forwarded-For": "203.0.113.66", "Accept-Encoding": "br"}
            proxy.ask(headers=stranger)
            seen = (first.seen + second.seen)[-1][3]
            self.demand(seen == ["127.0.0.1"], f"{kind}: a stranger's X-Forwarded-For is replaced: {seen}")
            if kind == "compose":
                first.seen.clear(), second.seen.clear()
                proxy.ask(headers=stranger, source=GATEWAY)
                seen = (first.seen + second.seen)[-1][3]
                self.demand(seen == ["203.0.113.66"], f"{kind}: the proxy with TLS says who the visitor is: {seen}")
            hook, size = "/integrations/opsgenie/hook", 1024 * 1024
            status = proxy.ask("POST", hook, b"x" * size)[0]
            arrived = any(one[2] == size for one in first.seen + second.seen)
            self.demand(status == 200 and arrived, f"{kind}: a webhook of 1 MiB: {status}")
            # Announced only: who is refused while sending may see a reset connection instead of the answer.
            if kind != "compose":
                status = proxy.ask("POST", hook, headers={"Content-Length": str(size + 1)})[0]
                self.demand(status == 413, f"{kind}: one of a byte more: {status}")
            status = proxy.ask(path="/metrics")[0]
            self.demand(status == 404, f"{kind}: /metrics: {status}")
            if kind != "nginx":
                first.healthy = second.healthy = False
                time.sleep(1)
                statuses = {proxy.ask(path=path)[0] for path in ("/", "/subscribe") for _ in range(5)}
                self.demand(statuses == {200}, f"{kind}: no process is healthy, all are alive: {statuses}")
                first.healthy = second.healthy = True

            proxy = fresh("get")
            first.hangs_up = True
            statuses = [proxy.ask(path="/subscribe")[0] for _ in range(20)]
            self.demand(statuses == [200] * 20, f"{kind}: 20 GETs, one of two hangs up: {statuses.count(200)} answered")

            # Both hang up: whichever gets it, it must not be sent to the other as well. Without a body, so that it is one
            # packet: HAProxy couldn't repeat what isn't there yet, and a broken file would look like a good one.
            proxy = fresh("post")
            first.hangs_up = second.hangs_up = True
            status, sent = proxy.ask("POST", hook)[0], len(first.seen + second.seen)
            self.demand(sent == 1, f"{kind}: a POST whose answer was lost was sent {sent} time(s), {status}")

    def answers(self, kind, folder, candor):
        """Everybody gets what Candor itself would have answered them, whoever asked before."""
        proxy = Proxy(self.root, kind, folder / f"{kind}-answers", (candor, candor))
        languages = (None, "en", "ja", "de-AT,de;q=0.9,en;q=0.8", "tlh,zh-TW;q=0.9,fr;q=0.8", "de;q=0.1, ja", "pl;q=0,cs", "zh-CN")
        encodings = (None, "gzip, deflate, br", "gzip;q=1.0, br;q=0", "br;q=0, gzip;q=0")
        events = [f"/api/v1/events?after={after}&limit={limit}" for after, limit in ((0, 1), (1, 1), (1, 2))]
        paths = ["/", "/history", "/ja/", "/badge.svg", "/badge.svg?style=pill", "/feed/atom", "/api/v1/events", *events]
        paths += ["/api/v1/incidents?limit=1", "/api/v1/incidents?status=resolved", "/api/v1/openapi.json", "/?utm=1"]
        asked, wrong = 0, []
        try:
            proxy.start()
            # The second round is answered from the cache, where there is one.
            for path, language, encoding, method in [*itertools.product(paths, languages, encodings, ("GET", "HEAD"))] * 2:
                given = {"Accept-Language": language, "Accept-Encoding": encoding or "identity"}
                given = {name: value for name, value in given.items() if value is not None}
                asked += 1
                through, alone = (
                    (status, headers["ETag"], headers["Content-Language"], headers["Content-Encoding"], body)
                    for status, headers, body in (
                        proxy.ask(method, path, headers=given),
                        ask(candor.port, method, path, headers=given, tls=False),
                    )
                )
                if through != alone:
                    wrong.append(f"{method} {path} {given}: {through[:4]} in the place of {alone[:4]}")
        finally:
            proxy.stop()
        what = f"{kind}: {asked} requests in {len(languages)} languages: {len(wrong)} got another one's answer"
        self.demand(not wrong, f"{what} {wrong[:3] or ''}")

    def logs(self, kind, folder):
        """No log holds what makes a path secret, whether or not somebody answers."""
        first, second, token = Stub(), Stub(), "SECRET-TOKEN"
        proxy = Proxy(self.root, kind, folder / f"{kind}-logs", (first, second), quick=True)
        paths = [f"/{name}/{token}" for name in ("subscribe", "subscription", "unsubscribe", "integrations/opsgenie/hook")]
        paths += [f"/de/subscribe/{token}", f"/%73ubscription/{token}", f"//subscription//{token}", f"/subscribe?email={token}"]
        try:
            proxy.start()
            for state in ("with", "without"):
                first.hangs_up = second.hangs_up = state == "without"
                proxy.ask(path=f"/history-{state}")
                for path in paths:
                    proxy.ask(path=path)
                    proxy.ask("POST", path, b"{}")
        finally:
            proxy.stop(), first.stop(), second.stop()
        logged = proxy.logged()
        kept = all(f"/history-{state}" in logged for state in ("with", "without")) and logged.count("POST") >= 2 * len(paths)
        lines = [line for line in logged.splitlines() if token in line]
        self.demand(kept, f"{kind}: what is asked for is logged")
        self.demand(not lines, f"{kind}: {len(lines)} lines of the logs hold a token {lines[:1] or ''}")

    def all(self, folder):
        with contextlib.ExitStack() as ends:
            candors, proxies = [], {}
            for name in ("a", "b"):
                (folder / name).mkdir()
                candors.append(Candor(folder / name))
                ends.callback(candors[-1].stop)
                candors[-1].start()
            # What is there to be told apart.
            for title in ("One", "Two", "Three"):
                candors[0].act("incident", "declare", "--title", title, "--silent")
            for kind in KINDS:
                self.answers(kind, folder, candors[0])
            for kind in ("haproxy", "nginx"):
                proxies[kind] = Proxy(self.root, kind, folder / kind, candors)
                ends.callback(proxies[kind].stop)
                proxies[kind].start()
            self.kills("haproxy", proxies["haproxy"], candors)
            self.kills("nginx", proxies["nginx"], candors)
            self.cache(proxies["nginx"])
            for candor in candors:
                candor.stop()
            since = time.monotonic()
            for kind in KINDS:
                self.stubs(kind, folder)
                self.logs(kind, folder)
            self.gone(proxies["nginx"], since)
        return self.broken


KINDS = ("haproxy", "compose", "nginx")

# A file, what stands there, what to put in its place, which run has to see it, and what it then says.
BREAKS = [
    ("nginx/candor.conf", "Forwarded-For $remote_addr;", "Forwarded-For $proxy_add_x_forwarded_for;", "stubs", "is replaced"),
    ("nginx/candor.conf", "upstream error timeout;", "upstream error timeout non_idempotent;", "stubs", "was sent 2"),
    ("nginx/candor.conf", "proxy_next_upstream error timeout;", "proxy_next_upstream off;", "stubs", "hangs up"),
    ("nginx/candor.conf", "client_max_body_size 1m;", "client_max_body_size 2m;", "stubs", "a byte more"),
    ("nginx/candor.conf", "$candor_encoding:$candor_language:$uri", "$candor_encoding:$uri", "answers", "another one's"),
    ("nginx/candor.conf", "$candor_encoding:$candor_language:$uri", "$candor_language:$uri", "answers", "another one's"),
    ("nginx/candor.conf", "$uri?$candor_query;", "$uri;", "answers", "another one's"),
    ("nginx/candor.conf", '"~^/(?:api/|badge)" $args;', "", "answers", "another one's"),
    ("nginx/candor.conf", "    default 0;\n", "    default 1;\n", "answers", "another one's"),
    ("nginx/candor.conf", "|hook)/).", ")/).", "logs", "hold a token"),
    ("nginx/candor.conf", "    error_log /dev/null emerg;\n", "", "logs", "hold a token"),
    ("nginx/candor.conf", "    default $uri;\n", "    default $request_uri;\n", "logs", "hold a token"),
    ("haproxy/candor.cfg", "    http-request disable-l7-retry unless METH_GET\n", "", "stubs", "was sent"),
    ("haproxy/candor.cfg", "set-header X-Forwarded-For", "add-header X-Forwarded-For", "stubs", "is replaced"),
    ("haproxy/candor.cfg", "retry-on conn-failure empty-response", "retry-on conn-failure", "stubs", "hangs up"),
    ("haproxy/candor.cfg", "    use_backend standing if { nbsrv(candor) eq 0 }\n", "", "stubs", "all are alive"),
    ("haproxy/candor.cfg", "subscription|", "", "logs", "hold a token"),
    ("haproxy/candor.cfg", "path,url_dec -m", "path -m", "logs", "hold a token"),
    ("haproxy/candor.cfg", "%[var(txn.path)]", "%HU", "logs", "hold a token"),
    ("compose/haproxy.cfg", "    http-request return status 404 if { path /metrics }\n", "", "stubs", "/metrics"),
    ("compose/haproxy.cfg", " unless { src 172.30.93.1 }", " if { src 172.30.93.1 }", "stubs", "is replaced"),
    ("compose/haproxy.cfg", "|hook)/", ")/", "logs", "hold a token"),
]  # fmt: skip


def prove(root):
    """Breaks one line at a time; the witnesses must see it."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        candor = Candor(Path(folder) / "candor")
        candor.folder.mkdir()
        try:
            candor.start()
            for title in ("One", "Two", "Three"):
                candor.act("incident", "declare", "--title", title, "--silent")
            for index, broken in enumerate(BREAKS):
                missed += not found_out(root, Path(folder) / str(index), candor, *broken)
        finally:
            candor.stop()
    print(f"{len(BREAKS) - missed} of {len(BREAKS)} broken files were found out")
    return missed


def found_out(root, folder, candor, path, old, new, by, says):
    """Whether the run `by` sees that `old` became `new`."""
    copy = folder / "root"
    shutil.copytree(root / "deploy", copy / "deploy")
    file = copy / "deploy" / path
    assert old in file.read_text(), f"{path} has no {old!r}"
    file.write_text(file.read_text().replace(old, new))
    run, kind = Run(copy, quiet=True), path.split("/")[0]
    try:
        run.answers(kind, folder, candor) if by == "answers" else getattr(run, by)(kind, folder)
    except TimeoutError as error:
        run.broken.append(str(error))
    if any(says in what for what in run.broken):
        return True
    print(f"NOT found: {path} with {new!r} for {old!r}; it says: {run.broken}")
    return False


def main():
    root = Path(sys.argv[1]).resolve()
    if sys.argv[2:] == ["prove"]:
        return 1 if prove(root) else 0
    with tempfile.TemporaryDirectory() as folder:
        return 1 if Run(root).all(Path(folder)) else 0


if __name__ == "__main__":
    sys.exit(main())

"""A real incident on real processes: every alert must fire and resolve, and no rule and no panel may be dead.

    rig.py MIXIN RIG-MIXIN     both as `jsonnet all.jsonnet` prints them; the second with the settings of rig.jsonnet

CANDOR_BIN is the program. CANDOR_RIG_KEEP=1 keeps the folder with the logs of all processes.
"""
import concurrent.futures
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse

import live
from processes import PASSPHRASE, Processes, until

GOOD = [f"reader-{n}@example.org" for n in range(9)]
GONE = [f"gone-{n}@example.org" for n in range(3)]
# An event as a newer version might write it, and the way back.
FROM_THE_FUTURE = """
INSERT INTO event SELECT (jsonb_populate_record(e, jsonb_build_object(
    'seq', e.seq + 1, 'event_id', gen_random_uuid(), 'batch_id', gen_random_uuid(), 'source_key', NULL,
    'type', 'told-by-a-newer-version', 'hash', sha256(e.hash), 'prev_hash', e.hash,
    'recorded_at', (extract(epoch FROM now()) * 1000000)::bigint))).*
FROM event e ORDER BY seq DESC LIMIT 1;
UPDATE log_head SET seq = seq + 1;
NOTIFY candor_log;
"""
BACK_TO_THE_PRESENT = """
ALTER TABLE event DISABLE TRIGGER USER;
DELETE FROM event WHERE type = 'told-by-a-newer-version';
ALTER TABLE event ENABLE TRIGGER USER;
UPDATE log_head SET seq = seq - 1;
"""


class Rig:
    def __init__(self, processes):
        self.processes = processes
        self.begun = time.time()
        self.prometheus = live.Prometheus(f"http://127.0.0.1:{processes.port['prometheus']}")

    def say(self, what):
        print(f"{time.time() - self.begun:6.0f} s  {what}", flush=True)

    def firing(self):
        alerts = self.prometheus.get("alerts")["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def expect(self, *names, deadline=60):
        """Waits until all of these have fired at the same time or one after the other."""
        left = set(names)

        def all_seen():
            left.difference_update(self.firing())
            return not left

        until(f"{', '.join(sorted(left))} to fire", all_seen, deadline)
        self.say("fired: " + (", ".join(sorted(set(names) - left)) or "nothing"))

    # ---- the walk --------------------------------------------------------------------------------------------------

    def start(self, rules):
        processes = self.processes
        processes.postgres()
        processes.redis()
        processes.candor("migrate")
        processes.web()
        processes.worker("a")
        processes.worker("b")
        processes.certificate(days=5)
        processes.blackbox()
        processes.prometheus(rules)
        until("Prometheus to be ready", self.prometheus.is_ready)
        until("all to be scraped", lambda: self.value("count(up == 1)") == 5)
        self.say("web, two workers, PostgreSQL, Redis, a mail server and Prometheus run")

    def value(self, expr):
        result = self.prometheus.get("query", query=expr)["result"]
        return float(result[0]["value"][1]) if result else None

    def incident(self):
        processes = self.processes
        processes.candor("subscriber", "add", *GOOD, *GONE)
        self.opt_in("new@example.org")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for n in range(6):
            processes.http("/subscribe", urllib.parse.urlencode({"email": f"other{n}@example.net"}), form)
        statuses = [processes.alert("db-1"), processes.alert("db-1"), processes.alert("db-2", secret="not-the-secret")]
        processes.candor("incident", "confirm", "--text", "We are looking into it.")
        for n in range(20):
            processes.http(f"/no-such-page-{n}")
            processes.http("/")
            processes.http("/api/v2/summary.json")
        self.say(f"an alert, the same again, one with a wrong secret: {statuses}; confirmed; 20 unknown paths")
        self.expect("CandorManyAskFewConfirm", "CandorDeliveriesDead", "CandorAlertIntakeErrors", "CandorCertificateExpires", "CandorWatchdog")
        processes.certificate(days=90)

    def opt_in(self, address):
        processes = self.processes
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        processes.http("/subscribe", urllib.parse.urlencode({"email": address}), form)
        text = until("the mail that asks to confirm", lambda: processes.sink.text_to(address))
        link = re.search(r"/subscribe/\S+", text or "")
        if link:
            processes.http(link.group(0), "", form)

    def mail_server_away(self):
        self.processes.sink.close()
        self.say("the mail server is away; the operator says that the fix is being watched")
        self.processes.candor("incident", "update", "--status", "watching", "--text", "A fix is in place.")
        self.expect("CandorJobsFailed", "CandorJobHighFailRate", "CandorQueueStalled", "CandorQueueHigh", deadline=90)
        self.processes.sink.open()

    def workers_dead(self):
        for name in ("a", "b"):
            self.processes.end(name, signal.SIGKILL)
        self.say("both workers are killed; the operator writes an update")
        self.processes.candor("incident", "update", "--notify", "--text", "It is worse than we thought.")
        self.expect("CandorAllWorkersDown", "CandorNoWorkers", "CandorOutboxStuck", "CandorTargetDown", deadline=90)
        for name in ("a", "b"):
            self.processes.worker(name)

    def redis_away(self):
        self.processes.end("redis", signal.SIGKILL)
        self.say("Redis is killed")
        self.expect("CandorRedisDown")
        self.processes.redis()

    def slack_away(self):
        # No Slack here: a chat channel whose problem is noted, as a worker or a web process would. Nothing is due after its cursor.
        self.processes.sql(
            "INSERT INTO chat_channel (name, state, cursor, problem) VALUES ('slack', 'active', 1000000000, 'token_revoked')"
        )
        self.say("Slack's token is revoked")
        self.expect("CandorTeamNotTold")
        self.processes.sql("DELETE FROM chat_channel")

    def slow_log(self):
        self.say("somebody holds the log's lock, and alerts come in")
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            lock = "BEGIN; SELECT * FROM log_head FOR UPDATE; SELECT pg_sleep(3); COMMIT"
            held = pool.submit(self.processes.sql, lock)
            time.sleep(0.3)
            list(pool.map(self.processes.alert, [f"slow-{n}" for n in range(4)]))
            held.result()
        self.expect("CandorHttpSlow")

    def database_away(self):
        self.processes.end("postgres", signal.SIGQUIT)
        self.say("PostgreSQL is killed; alerts come in")
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            going_on = [True]

            def post():
                while going_on[0]:
                    self.processes.alert("while-away")
                    time.sleep(0.5)

            posting = pool.submit(post)
            self.expect(
                "CandorDatabaseErrors", "CandorHttpErrors", "CandorAlertIntakeErrors", "CandorMetricsStale",
                "CandorProbeFailed", deadline=90,
            )
            going_on[0] = False
            posting.result()
        self.processes.postgres()

    def schema_old(self):
        newest = self.processes.sql("SELECT max(version) FROM __diesel_schema_migrations")
        self.processes.sql(f"DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'")
        self.say("a migration is missing")
        self.expect("CandorMigrationsPending")
        self.processes.sql(f"INSERT INTO __diesel_schema_migrations (version) VALUES ('{newest}')")

    def log_halted(self):
        self.processes.sql(FROM_THE_FUTURE)
        self.say("an event of a newer version is in the log")
        self.expect("CandorLogHalted", "CandorProjectionLag")
        self.processes.sql(BACK_TO_THE_PRESENT)
        for name in ("a", "b"):
            self.processes.end(name)
            self.processes.worker(name)
        self.processes.end("web")
        self.processes.web()

    def over(self):
        self.processes.candor("incident", "resolve", "--text", "It is over.")
        self.say("resolved; waiting until nothing but the watchdog fires")
        until("all alerts to resolve", lambda: self.firing() == {"CandorWatchdog"}, 120)

    # ---- the tables ------------------------------------------------------------------------------------------------

    def alerts(self, mixin):
        """Prints what fired and resolved; the number of alerts that did not do both."""
        now = time.time()
        seen = {}
        for series in self.prometheus.get(
            "query_range", query='ALERTS{alertstate="firing"}', start=self.begun, end=now, step=1
        )["result"]:
            seen.setdefault(series["metric"]["alertname"], []).extend(at for at, _ in series["values"])
        still, wrong = self.firing(), 0
        print(f"\n{'alert':28}{'fired at':>9}{'for':>8}  resolved")
        for rule in (rule for group in mixin["alerts"]["groups"] for rule in group["rules"]):
            name, times = rule["alert"], seen.get(rule["alert"])
            resolved = "always fires" if name == "CandorWatchdog" else "no" if name in still else "yes"
            wrong += not times or resolved == "no"
            if times:
                print(f"{name:28}{min(times) - self.begun:7.0f} s{len(set(times)):6} s  {resolved}")
            else:
                print(f"{name:28}{'never':>9}{'':8}  -")
        print(f"{len(seen)} alerts fired, {wrong} did not fire and resolve\n")
        return wrong

    def scrapes(self):
        """Checks each process's metrics with promtool, and prints how long a scrape takes."""
        wrong = 0
        for name in ("web", "a"):
            metrics = subprocess.run(
                ["curl", "-sf", "-u", f"metrics:{PASSPHRASE}", f"http://127.0.0.1:{self.processes.port[name]}/metrics"],
                capture_output=True, check=False,
            ).stdout
            check = subprocess.run(
                ["promtool", "check", "metrics"], input=metrics, capture_output=True, check=False, text=False
            )
            print(f"promtool check metrics ({name}): exit {check.returncode}, {len(metrics.splitlines())} lines")
            if check.returncode:
                print((check.stdout + check.stderr).decode())
            wrong += check.returncode != 0 or not metrics
        slowest = self.value('quantile(0.99, quantile_over_time(0.99, scrape_duration_seconds{job!="candor-probe"}[10m]))')
        print(f"a scrape takes {1000 * slowest:.1f} ms (p99)\n")
        return wrong


def main():
    mixins = []
    for path in sys.argv[1:3]:
        with open(path, encoding="utf-8") as file:
            mixins.append(json.load(file))
    shipped, short = mixins
    if not os.access(os.environ.get("CANDOR_BIN", ""), os.X_OK):
        print("CANDOR_BIN must be the program: CANDOR_BIN=target/debug/candor scripts/mixin rig", file=sys.stderr)
        return 2
    # Ends what was started and removes its folder, as at any other end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    processes = Processes(os.environ["CANDOR_BIN"])
    try:
        rig = Rig(processes)
        rig.start(short["rules"]["groups"] + short["alerts"]["groups"])
        for step in (
            rig.incident, rig.mail_server_away, rig.workers_dead, rig.redis_away, rig.slack_away,
            rig.slow_log, rig.schema_old,
            rig.database_away, rig.log_halted, rig.over,
        ):
            step()
        wrong = rig.alerts(short)
        since = int(time.time() - rig.begun)
        # The rules that run here, and the panels as they are shipped.
        asked = {**short, "dashboards": shipped["dashboards"]}
        wrong += live.ask(asked, rig.prometheus, since, "10s", [])
        wrong += rig.scrapes()
        return bool(wrong)
    finally:
        processes.close()


if __name__ == "__main__":
    sys.exit(main())

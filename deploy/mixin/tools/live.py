"""Runs every expression of the rules and panels on a running Prometheus, and lists the dead ones.

    live.py MIXIN URL [--since SECONDS] [--interval DURATION] [--ignore METRIC-PREFIX]...

An expression is dead if it had no sample in the queried time, or only NaN. Comparisons of alerts are rewritten so that they
give 0 or 1, so a silent alert must have samples, too.
"""
import argparse
import json
import math
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import lint
import promql


class Prometheus:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def get(self, path, **parameters):
        """What the API answers; ValueError says what is wrong with the question."""
        question = urllib.parse.urlencode(parameters)
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{question}", timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error).get("error", str(error))) from error

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=30) as answer:
                return answer.status == 200
        except OSError:
            return False

    def names(self):
        return set(self.get("label/__name__/values"))

    def samples(self, expr, since):
        """How many samples but NaN the expression had."""
        end = time.time()
        step = max(1, since // 250)
        series = self.get("query_range", query=expr, start=end - since, end=end, step=step)["result"]
        return sum(not math.isnan(float(value)) for one in series for _, value in one["values"])


def questions(mixin, interval, range_):
    """(kind, where it stands, what is asked)"""
    alerts = {rule["alert"] for group in mixin["alerts"]["groups"] for rule in group["rules"]}
    for where, expr in lint.expressions(mixin):
        if where in alerts:
            yield "alerts", where, promql.always(expr)
        elif where.split(" ")[0] in mixin["dashboards"]:
            yield "panels", where, promql.plain(expr, interval, range_)
        else:
            yield "rules", where, expr


def ask(mixin, prometheus, since, interval, ignored, out=print):
    """Prints the table; the number of what is dead."""
    there = prometheus.names()
    rows, dead, wanted = {}, [], set()
    for kind, where, expr in questions(mixin, interval, f"{since}s"):
        row = rows.setdefault(kind, {"expressions": 0, "dead": 0, "ignored": 0})
        metrics = promql.metrics(expr)
        if any(metric.startswith(tuple(ignored)) for metric in metrics if ignored):
            row["ignored"] += 1
            out(f"ignored: {where}")
            continue
        wanted |= metrics
        row["expressions"] += 1
        try:
            why = None if prometheus.samples(expr, since) else "no sample"
        except ValueError as error:
            why = str(error)
        if why:
            row["dead"] += 1
            dead.append(f"{where}: {why}: {' '.join(expr.split())}")
    missing = sorted(wanted - there)
    out(f"{'':14}{'expressions':>12}{'dead':>6}{'ignored':>9}")
    for kind, row in rows.items():
        out(f"{kind:14}{row['expressions']:12}{row['dead']:6}{row['ignored']:9}")
    out(f"{'metric names':14}{len(wanted):12}{len(missing):6}")
    for line in dead + [f"no such metric: {name}" for name in missing]:
        out(line)
    return len(dead) + len(missing)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mixin")
    parser.add_argument("url")
    parser.add_argument("--since", type=int, default=3600, help="how many seconds back [3600]")
    parser.add_argument("--interval", default="5m", help="what stands for $__rate_interval [5m]")
    parser.add_argument("--ignore", action="append", default=[], metavar="METRIC-PREFIX")
    given = parser.parse_args()
    with open(given.mixin, encoding="utf-8") as file:
        mixin = json.load(file)
    return bool(ask(mixin, Prometheus(given.url), given.since, given.interval, given.ignore))


if __name__ == "__main__":
    sys.exit(main())

"""Checks dashboards as Grafana's dashboard-linter does, and that they and the rules speak of metrics that exist.

    lint.py MIXIN CATALOGUE     MIXIN as `jsonnet all.jsonnet` prints it, CATALOGUE is docs/reference/metrics.md; exit 1 and one line for each fault
    lint.py MIXIN --rules       prints each panel's expression as a recording rule, for promtool
    lint.py MIXIN CATALOGUE --prove
                                breaks a good dashboard in every way there is a rule for; each must be found
"""
import copy
import json
import re
import sys

import promql

DATASOURCE = "${datasource}"
SHOWS_NUMBERS = {"stat", "timeseries", "table", "bargauge", "gauge"}
UNITS = {"none", "s", "percentunit", "bytes", "reqps", "cps"}
TEMPLATE_QUERY = re.compile(r"label_values\((?P<selector>[a-zA-Z_:][\w:]*\{.*\}), (?P<label>\w+)\)")


# ---- rules on a dashboard: each yields what is wrong ------------------------------------------------------------------


def variables(dashboard):
    return {v["name"]: v for v in dashboard["templating"]["list"]}


def panels(dashboard):
    return [p for p in dashboard["panels"] if p["type"] != "row"]


def targets(dashboard):
    return [(p, t) for p in panels(dashboard) for t in p.get("targets", [])]


def template_datasource(d):
    v = variables(d).get("datasource")
    if not v or v["type"] != "datasource" or v["query"] != "prometheus" or v["label"] != "Data source":
        yield "no variable `datasource` for Prometheus with the label `Data source`"


def _template(d, name):
    v = variables(d).get(name)
    if not v:
        yield f"no variable `{name}`"
    elif (
        v["type"] != "query"
        or v["datasource"].get("uid") != DATASOURCE
        or v["label"] != name.title()
        or not v["multi"]
        or v["allValue"] != ".+"
    ):
        yield f"`{name}` is not a multi-select query of {DATASOURCE} with the label `{name.title()}` and .+ for all"


def template_job(d):
    yield from _template(d, "job")


def template_instance(d):
    yield from _template(d, "instance")


def template_label_promql(d):
    for v in variables(d).values():
        if v["type"] == "query" and not TEMPLATE_QUERY.fullmatch(v["query"]["query"]):
            yield f"`{v['name']}` is not label_values(metric{{…}}, label)"


def template_on_time_change_reload(d):
    for v in variables(d).values():
        if v["type"] == "query" and v["refresh"] != 2:
            yield f"`{v['name']}` is not read again when the time changes"


def template_used(d):
    text = json.dumps([t["expr"] for _, t in targets(d)])
    for name in variables(d):
        if name != "datasource" and f"${name}" not in text:
            yield f"`{name}` is asked for and not used"


def uneditable(d):
    if d.get("editable", True):
        yield "it can be edited in place, and the change would be lost"


def panel_datasource(d):
    for p in panels(d):
        for part in [p, *p.get("targets", [])]:
            if part.get("datasource", {}).get("uid") != DATASOURCE:
                yield f"{p['title']}: not {DATASOURCE}"
                break


def panel_title_description(d):
    for p in panels(d):
        if not p.get("title") or not p.get("description"):
            yield f"{p.get('title') or p['id']}: no title or no description"


def panel_units(d):
    for p in panels(d):
        if p["type"] in SHOWS_NUMBERS and p["fieldConfig"]["defaults"].get("unit") not in UNITS:
            yield f"{p['title']}: no unit, or an unknown one"


def panel_no_targets(d):
    for p in panels(d):
        if not p.get("targets"):
            yield f"{p['title']}: asks nothing"


def panel_legend(d):
    for p, t in targets(d):
        if p["type"] == "timeseries" and not t.get("legendFormat"):
            yield f"{p['title']}: a line without a name"


def panel_titles_differ(d):
    seen = set()
    row = None
    for p in d["panels"]:
        if p["type"] == "row":
            row = p["title"]
            continue
        if (row, p["title"]) in seen:
            yield f"{row}: two panels called {p['title']}"
        seen.add((row, p["title"]))


def layout(d):
    taken = {}
    for p in d["panels"]:
        g = p["gridPos"]
        if g["x"] < 0 or g["x"] + g["w"] > 24 or g["w"] < 3 or (p["type"] != "row" and g["h"] < 3):
            yield f"{p['title']}: too small, or not within 24 columns"
        for cell in ((x, y) for x in range(g["x"], g["x"] + g["w"]) for y in range(g["y"], g["y"] + g["h"])):
            if taken.setdefault(cell, p["id"]) != p["id"]:
                yield f"{p['title']}: lies over another panel"
                break


def target_rate_interval(d):
    for p, t in targets(d):
        for function, window in re.findall(r"\b(rate|irate|increase)\s*\([^\[\]]*\[([^\]]*)\]", promql.STRING.sub("", t["expr"])):
            allowed = {"$__rate_interval", "$__range"} if function == "increase" else {"$__rate_interval"}
            if window not in allowed:
                yield f"{p['title']}: {function} over {window}"


def target_counter_agg(d):
    for p, t in targets(d):
        for metric in promql.metrics(t["expr"]):
            used = rf"\b{metric}(?:\{{[^{{}}]*\}})?"
            if re.search(r"_(total|bucket)$", metric) and len(re.findall(used, t["expr"])) != len(
                re.findall(rf"\b(?:rate|irate|increase)\s*\(\s*{used}\s*\[", t["expr"])
            ):
                yield f"{p['title']}: the counter {metric} is shown as it is"


def _matcher(d, name):
    for p, t in targets(d):
        for metric, matchers in promql.selectors(t["expr"]):
            if f'{name}=~"${name}"' not in re.split(r",\s*", matchers):
                yield f"{p['title']}: {metric} of every {name}, not of the chosen ones"


def target_job(d):
    yield from _matcher(d, "job")


def target_instance(d):
    yield from _matcher(d, "instance")


def target_only_ours(d):
    for p, t in targets(d):
        for metric, matchers in promql.selectors(t["expr"]):
            if not metric.startswith("candor_") and not re.search(r'\bjob=~?"(?!\$job")', matchers):
                yield f"{p['title']}: {metric} of every program, not of ours"


RULES = [
    template_datasource, template_job, template_instance, template_label_promql, template_on_time_change_reload,
    template_used, uneditable, panel_datasource, panel_title_description, panel_units, panel_no_targets, panel_legend,
    panel_titles_differ, layout, target_rate_interval, target_counter_agg, target_job, target_instance,
    target_only_ours,
]


def faults(dashboard):
    """(rule, what is wrong) of a dashboard."""
    return [(rule.__name__, fault) for rule in RULES for fault in rule(dashboard)]


# ---- what the whole mixin must keep ----------------------------------------------------------------------------------


def expressions(mixin):
    """(where it stands, expression) of everything that is asked."""
    for kind in ("rules", "alerts"):
        for group in mixin[kind]["groups"]:
            for rule in group["rules"]:
                yield rule.get("record") or rule["alert"], rule["expr"]
    for file, dashboard in mixin["dashboards"].items():
        for panel, target in targets(dashboard):
            yield f"{file} {panel['title']} {target['refId']}", target["expr"]


def catalogue(path):
    """Each metric that the product has, with its labels: from the table of docs/reference/metrics.md."""
    with open(path, encoding="utf-8") as file:
        rows = re.findall(r"^\| `(candor_\w+)` \|[^|]*\|([^|]*)\|", file.read(), re.M)
    return {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}


def not_ours(metric):
    return metric == "up" or metric.startswith(("process_", "probe_"))


def unknown_metrics(mixin, known):
    recorded = {rule["record"] for group in mixin["rules"]["groups"] for rule in group["rules"]}
    for where, expr in expressions(mixin):
        labels = {"job", "instance", "le", mixin["jobLabel"]}
        for metric, matchers in promql.selectors(expr):
            of_it = known.get(metric, known.get(promql.family(metric)))
            if not_ours(metric) or metric in recorded or of_it is None:
                labels = None
                if not (not_ours(metric) or metric in recorded or metric in known or promql.family(metric) in known):
                    yield f"{where}: there is no metric {metric}"
                continue
            for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", promql.STRING.sub("", matchers)):
                if label not in of_it | {"job", "instance", "le"} and not (label == mixin["jobLabel"] and "job" in of_it):
                    yield f"{where}: {metric} has no label {label}"
            if labels is not None:
                labels |= of_it
        for label in promql.grouped(expr) - labels if labels is not None else ():
            yield f"{where}: nothing in it has the label {label}"


def alerts_without_words(mixin):
    for group in mixin["alerts"]["groups"]:
        for rule in group["rules"]:
            name, notes = rule["alert"], rule["annotations"]
            if not re.fullmatch(r"Candor([A-Z][a-z]+)+", name):
                yield f"{name}: not CamelCase with the prefix Candor"
            if rule["labels"].get("severity") not in ("critical", "warning", "none"):
                yield f"{name}: no severity"
            if not notes.get("summary") or "{{" in notes["summary"]:
                yield f"{name}: no summary, or not a constant one"
            if not notes.get("description"):
                yield f"{name}: no description"
            if not notes.get("runbook_url", "").endswith("#" + name.lower()):
                yield f"{name}: no place in the runbook"


def untested_alerts(mixin):
    """Alerts that no test makes fire, or that no test sees silent again after it fired."""
    fired, resolved = set(), set()
    for file in mixin["tests"].values():
        for test in file["tests"]:
            for check in test.get("alert_rule_test", []):
                (fired if check.get("exp_alerts") else resolved).add(check["alertname"])
    for group in mixin["alerts"]["groups"]:
        for rule in group["rules"]:
            if rule["alert"] not in fired:
                yield f"{rule['alert']}: no test makes it fire"
            if rule["alert"] not in resolved and rule["alert"] != "CandorWatchdog":
                yield f"{rule['alert']}: no test sees it resolved"


# ---- the negative test -----------------------------------------------------------------------------------------------


def breakages():
    """(the rule that must object, how to break a dashboard)"""

    def panel(d):
        return next(p for p in panels(d) if p["type"] == "timeseries" and "rate(" in p["targets"][0]["expr"])

    def expr(change):
        def broken(d):
            target = panel(d)["targets"][0]
            target["expr"] = change(target["expr"])
        return broken

    def var(name, **changes):
        return lambda d: variables(d)[name].update(changes)

    def drop(name):
        return lambda d: d["templating"]["list"].remove(variables(d)[name])

    return [
        ("template_datasource", drop("datasource")),
        ("template_datasource", var("datasource", query="loki")),
        ("template_job", drop("job")),
        ("template_job", var("job", allValue=".*")),
        ("template_instance", drop("instance")),
        ("template_instance", var("instance", multi=False)),
        ("template_label_promql", lambda d: variables(d)["job"]["query"].update(query="label_values(job")),
        ("template_on_time_change_reload", var("instance", refresh=1)),
        ("template_used", lambda d: d["templating"]["list"].append({**variables(d)["job"], "name": "nobody"})),
        ("uneditable", lambda d: d.update(editable=True)),
        ("panel_datasource", lambda d: panel(d)["datasource"].update(uid="prometheus-1")),
        ("panel_datasource", lambda d: panel(d)["targets"][0]["datasource"].update(uid="prometheus-1")),
        ("panel_title_description", lambda d: panel(d).pop("description")),
        ("panel_units", lambda d: panel(d)["fieldConfig"]["defaults"].pop("unit")),
        ("panel_no_targets", lambda d: panel(d).update(targets=[])),
        ("panel_legend", lambda d: panel(d)["targets"][0].update(legendFormat="")),
        ("panel_titles_differ", lambda d: d["panels"].append({**d["panels"][-1], "id": 999})),
        ("layout", lambda d: d["panels"][-1]["gridPos"].update(x=20, w=8)),
        ("layout", lambda d: d["panels"][2]["gridPos"].update(d["panels"][1]["gridPos"])),
        ("target_rate_interval", expr(lambda e: e.replace("$__rate_interval", "5m"))),
        ("target_counter_agg", expr(lambda e: re.sub(r"rate\((.*?)\[\$__rate_interval\]\)", r"(\1)", e))),
        ("target_job", expr(lambda e: e.replace('job=~"$job", ', ""))),
        ("target_job", expr(lambda e: e.replace('job=~"$job"', 'job="candor-web"'))),
        ("target_instance", expr(lambda e: e.replace('instance=~"$instance"', 'instance!=""'))),
        ("target_only_ours", expr(lambda e: e.replace("candor_http_requests_total", "process_open_fds"))),
    ]


def prove(mixin, known):
    """Which breakages were not found, and which rules were never made to object."""
    good = mixin["dashboards"]["http.json"]
    missed = [f"{name}: also objects to a good dashboard" for name, _ in faults(good)]
    for name, damage in breakages():
        broken = copy.deepcopy(good)
        damage(broken)
        if broken == good or name not in [rule for rule, _ in faults(broken)]:
            missed.append(f"{name}: a broken dashboard was not found")
    missed += [f"{r.__name__}: never proven" for r in RULES if r.__name__ not in dict(breakages())]

    gone = {metric: labels for metric, labels in known.items() if metric != "candor_workers"}
    if list(unknown_metrics(mixin, known)) or not list(unknown_metrics(mixin, gone)):
        missed.append("unknown_metrics: a metric that is gone was not found")
    for metric, label in (("candor_health_check_status", "check"), ("candor_queue_jobs", "state")):
        without = {**known, metric: known[metric] - {label}}
        if not list(unknown_metrics(mixin, without)):
            missed.append(f"unknown_metrics: a label that is gone was not found: {label}")
    untested = copy.deepcopy(mixin)
    untested["tests"] = {}
    if len(list(untested_alerts(untested))) < 2 * 20:
        missed.append("untested_alerts: alerts without tests were not found")
    nameless = copy.deepcopy(mixin)
    nameless["alerts"]["groups"][0]["rules"][0]["annotations"] = {}
    if len(list(alerts_without_words(nameless))) != 3:
        missed.append("alerts_without_words: an alert without words was not found")
    return missed


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        mixin = json.load(file)
    if sys.argv[2] == "--rules":
        rules = [
            {"record": f"panel:{n}", "expr": promql.plain(expr)}
            for n, (where, expr) in enumerate(expressions(mixin))
            if where.split(" ")[0] in mixin["dashboards"]
        ]
        print(json.dumps({"groups": [{"name": "panels", "rules": rules}]}, indent=1))
        return 0
    known = catalogue(sys.argv[2])
    if sys.argv[3:] == ["--prove"]:
        missed = prove(mixin, known)
        print("\n".join(missed) or f"{len(breakages())} broken dashboards, {len(breakages())} found")
        return bool(missed)

    wrong = [f"{file}: {rule}: {fault}" for file, d in mixin["dashboards"].items() for rule, fault in faults(d)]
    wrong += [*unknown_metrics(mixin, known), *alerts_without_words(mixin), *untested_alerts(mixin)]
    print("\n".join(wrong) or f"{len(mixin['dashboards'])} dashboards keep {len(RULES)} rules")
    shown = {promql.family(m) for _, e in expressions(mixin) for m in promql.metrics(e)}
    if unseen := sorted(known.keys() - shown):
        print("metrics that no rule and no panel shows:", ", ".join(unseen))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

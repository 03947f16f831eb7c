"""Checks deploy/kubernetes: what kustomize makes of it, against schemas, types, and what our own settings demand."""

import json
import os
import re
import subprocess
from functools import cache

import yaml

KUBECTL = os.environ.get("KUBECTL", "kubectl")


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
        "redis": {"address", "listName", "listLength"},
    }
    for trigger in spec["triggers"]:
        given, kind = trigger["metadata"], trigger["type"]
        for missing in needed[kind] - set(given):
            tree.wrong(f"{where}: {kind}: {missing} is missing")
        if given.get("ignoreNullValues", "false") != "false":
            tree.wrong(f"{where}: {kind}: an empty answer must be a failure")
        about_age = "age_seconds" in given.get("query", "") + given.get("valueLocation", "")
        if trigger["metricType"] != ("Value" if about_age else "AverageValue"):
            tree.wrong(f"{where}: {kind}: {trigger['metricType']} is wrong for {'an age' if about_age else 'a depth'}")
        place = r"queues\.(chat|mail|hooks|default)\.(due|delayed|running|dead|oldest_due_age_seconds|workers|slots)"
        if "valueLocation" in given and not re.fullmatch(place, given["valueLocation"]):
            tree.wrong(f"{where}: /autoscale/queues has no {given['valueLocation']}")
        reference = trigger.get("authenticationRef", {}).get("name")
        if reference not in authentications | {None} or (reference is None and kind != "prometheus"):
            tree.wrong(f"{where}: {kind}: there is no TriggerAuthentication {reference}")

// The mixin: what Prometheus records, what it warns of, and what Grafana shows. `_config` is in config.libsonnet.
(import 'config.libsonnet')
+ (import 'rules/rules.libsonnet')
+ (import 'alerts/alerts.libsonnet')
+ (import 'dashboards/dashboards.libsonnet')

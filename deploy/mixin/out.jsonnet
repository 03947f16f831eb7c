// The generated files, by name: jsonnet -S -m out out.jsonnet
local mixin = import 'mixin.libsonnet';
local generated = '# Made by scripts/mixin build; change the jsonnet instead.\n';
local yaml(value) = generated + std.manifestYamlDoc(value, indent_array_in_object=true, quote_keys=false);
local kubernetes = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'candor', labels: { 'app.kubernetes.io/name': 'candor' } },
  spec: { groups: mixin.prometheusRules.groups + mixin.prometheusAlerts.groups },
};
{
  'alerts.yaml': yaml(mixin.prometheusAlerts),
  'rules.yaml': yaml(mixin.prometheusRules),
  'prometheusrule.yaml': yaml(kubernetes),
} + {
  ['dashboards/' + name]: std.manifestJsonEx(mixin.grafanaDashboards[name], '  ')
  for name in std.objectFields(mixin.grafanaDashboards)
}

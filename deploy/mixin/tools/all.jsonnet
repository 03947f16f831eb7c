// The mixin as one JSON document, for the checks. `tests`: the text of each test file, by name. `change`: given the
// mixin's settings, the settings to use instead.
function(tests={}, change=function(config) config)
  local mixin = (import '../mixin.libsonnet') { _config:: change(super._config) };
  {
    jobLabel: mixin._config.jobLabel,
    rules: mixin.prometheusRules,
    alerts: mixin.prometheusAlerts,
    dashboards: mixin.grafanaDashboards,
    tests: { [name]: std.parseYaml(tests[name]) for name in std.objectFields(tests) },
  }

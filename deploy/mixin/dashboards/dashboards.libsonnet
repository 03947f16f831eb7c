// The four dashboards, by the name of their file.
{
  grafanaDashboards+:: {
    'overview.json': (import 'overview.libsonnet')($._config),
    'jobs.json': (import 'jobs.libsonnet')($._config),
    'http.json': (import 'http.libsonnet')($._config),
    'notifications.json': (import 'notifications.libsonnet')($._config),
  },
}

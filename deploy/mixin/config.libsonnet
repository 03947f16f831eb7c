// All that an operator may want to change. Override it in a file of your own:
//
//   (import 'mixin.libsonnet') { _config+:: { alerts+: { CandorQueueHigh+: { above: 1000 } } } }
{
  _config+:: {
    // Which series are Candor's, and which a probe made of its public address.
    selector: 'job=~"candor.*"',
    probeSelector: 'job="candor-probe"',

    // Labels that tell one Candor from another in the same Prometheus, such as ['namespace']. Every rule keeps them.
    groupLabels: [],

    // Prometheus keeps `job` for itself: a scrape turns the metrics' own label `job` into this one (honor_labels: false).
    jobLabel: 'exported_job',

    // Over how long the recorded rates look; their names carry it.
    rateWindow: '5m',

    // Health checks answer 503 on purpose; they are not part of the page's errors and times.
    ignoredRoutes: ['/healthcheck', '/healthcheck/', '/livez', '/readyz', '/metrics'],

    // Where the runbook can be read; the alert's name in lower case is put behind it.
    runbookUrl: 'docs/operate/runbook.md#',
    // Where Grafana is, such as 'https://grafana.example.org'; alerts then link to their dashboard.
    grafanaUrl: '',

    dashboards: {
      tags: ['candor'],
      refresh: '30s',
      from: 'now-6h',
      timezone: 'browser',
      uids: {
        overview: 'candor-overview',
        jobs: 'candor-jobs',
        http: 'candor-http',
        notifications: 'candor-notifications',
      },
    },

    // One entry an alert. `enabled: false` leaves it out; `above` is the threshold, `window` what it looks back on.
    alerts: {
      CandorJobHighFailRate: { enabled: true, severity: 'warning', 'for': '1m', above: 0.05, window: '10m' },
      // How many failed runs of a job are tolerated depends on the job; the default is for those not named.
      CandorJobsFailed: {
        enabled: true,
        severity: 'warning',
        'for': '0s',
        window: '10m',
        above: 5,
        aboveByJob: { notice: 20, 'confirm-subscription': 10, retention: 1 },
      },
      // Both: so many deliveries given up, and this part of all that ended. One dead mailbox is not an alarm.
      CandorDeliveriesDead: { enabled: true, severity: 'warning', 'for': '0s', above: 2, ratioAbove: 0.05, window: '10m' },
      CandorManyAskFewConfirm: { enabled: true, severity: 'warning', 'for': '0s', above: 60, ratioBelow: 0.2, window: '1h' },

      CandorQueueHigh: { enabled: true, severity: 'warning', 'for': '20m', above: 100 },
      CandorQueueStalled: { enabled: true, severity: 'critical', 'for': '5m', above: 120 },
      CandorNoWorkers: { enabled: true, severity: 'critical', 'for': '2m' },
      // Leave it out if you scale to zero workers on purpose; CandorNoWorkers still says when work has none.
      CandorAllWorkersDown: { enabled: true, severity: 'critical', 'for': '5m' },
      CandorTeamNotTold: { enabled: true, severity: 'critical', 'for': '1m' },
      CandorOutboxStuck: { enabled: true, severity: 'critical', 'for': '2m', above: 60 },

      CandorHttpErrors: { enabled: true, severity: 'critical', 'for': '5m', above: 0.01 },
      CandorHttpSlow: { enabled: true, severity: 'warning', 'for': '10m', above: 0.5 },
      CandorAlertIntakeErrors: { enabled: true, severity: 'warning', 'for': '0s', above: 0, window: '10m' },

      CandorProjectionLag: { enabled: true, severity: 'critical', 'for': '2m', above: 30 },
      CandorLogHalted: { enabled: true, severity: 'critical', 'for': '0s' },
      CandorDatabaseErrors: { enabled: true, severity: 'critical', 'for': '1m', above: 0, window: '5m' },
      CandorRedisDown: { enabled: true, severity: 'warning', 'for': '2m' },
      CandorMigrationsPending: { enabled: true, severity: 'warning', 'for': '15m' },
      CandorMetricsStale: { enabled: true, severity: 'warning', 'for': '1m', above: 60 },
      CandorTargetDown: { enabled: true, severity: 'warning', 'for': '3m' },

      CandorProbeFailed: { enabled: true, severity: 'critical', 'for': '2m' },
      CandorCertificateExpires: { enabled: true, severity: 'warning', 'for': '1h', daysLeft: 14 },
      CandorWatchdog: { enabled: true, severity: 'none', 'for': '0s' },
    },
  },
}

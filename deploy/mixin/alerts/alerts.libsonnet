// Alerts. Each says what a reader of the page or a subscriber notices, not what a graph looks like; what to do about it
// stands in the runbook under the alert's name.
//
// Every expression is "value, comparison, threshold" joined by and/or. `scripts/mixin live` relies on that: it turns the
// comparisons into `bool` ones, so that also an alert that is silent must have something to look at.
{
  local config = $._config,
  local names = (import '../rules/names.libsonnet')(config),
  local by = names.by,
  local selector = config.selector,
  local anyJob = config.jobLabel,

  // An alert with the settings of its name, or nothing if it is disabled.
  local alert(name, dashboard, expr, summary, description) =
    local settings = config.alerts[name];
    if !settings.enabled then [] else [{
      alert: name,
      expr: expr % (settings { selector: selector }),
      [if settings['for'] != '0s' then 'for']: settings['for'],
      labels: { severity: settings.severity },
      annotations: {
        summary: summary,
        description: description % settings,
        runbook_url: config.runbookUrl + std.asciiLower(name),
        [if config.grafanaUrl != '' then 'dashboard_url']:
          '%s/d/%s' % [config.grafanaUrl, config.dashboards.uids[dashboard]],
      },
    }],

  local group(name, alerts) = { name: name, rules: std.flattenArrays(alerts) },

  // "More than N", for the jobs that are named each with its own N, for all others with the default.
  local jobsFailed =
    local settings = config.alerts.CandorJobsFailed;
    local failed(matcher) = 'round(%s (increase(candor_job_runs_total{status="error", %s, %s}[%s])))'
                            % [by('sum', ['queue', anyJob]), matcher, selector, settings.window];
    local named = std.objectFields(settings.aboveByJob);
    std.join('\nor\n', [
      '%s > %d' % [failed('%s!~"%s"' % [anyJob, std.join('|', named)]), settings.above],
    ] + [
      '%s > %d' % [failed('%s="%s"' % [anyJob, job]), settings.aboveByJob[job]]
      for job in named
    ]) + '\n',

  prometheusAlerts+:: {
    groups+: [g for g in [
      group('candor.jobs', [
        alert(
          'CandorJobHighFailRate',
          'jobs',
          names.jobErrors + ' > %(above)g',
          'Too large a part of a job fails.',
          '{{ $value | humanizePercentage }} of the runs of {{ $labels.%s }} on the queue {{ $labels.queue }} failed in the last %%(window)s.' % anyJob
        ),
        alert(
          'CandorJobsFailed',
          'jobs',
          jobsFailed,
          'A job failed more often than is tolerated for it.',
          '{{ $value }} runs of {{ $labels.%s }} on the queue {{ $labels.queue }} failed in the last %%(window)s.' % anyJob
        ),
        alert(
          'CandorDeliveriesDead',
          'notifications',
          |||
            round(%(sum)s (increase(candor_deliveries_total{outcome="dead", %%(selector)s}[%%(window)s]))) > %%(above)d
            and
            %(sum)s (increase(candor_deliveries_total{outcome="dead", %%(selector)s}[%%(window)s]))
            /
            %(sum)s (increase(candor_deliveries_total{outcome=~"dead|sent", %%(selector)s}[%%(window)s])) > %%(ratioAbove)g
          ||| % { sum: by('sum', ['channel']) },
          'Messages were given up for good.',
          '{{ $value }} deliveries by {{ $labels.channel }} were given up in the last %(window)s; their recipients were not told.'
        ),
        alert(
          'CandorManyAskFewConfirm',
          'notifications',
          |||
            round(%(sum)s (increase(candor_subscription_requests_total{outcome!="known", %%(selector)s}[%%(window)s]))) > %%(above)d
            and
            %(sum)s (increase(candor_subscribers_confirmed_total{%%(selector)s}[%%(window)s]))
            /
            %(sum)s (increase(candor_subscription_requests_total{outcome!="known", %%(selector)s}[%%(window)s])) < %%(ratioBelow)g
          ||| % { sum: by('sum', []) },
          'Many addresses are given at the form and few are confirmed.',
          '{{ $value }} requests to subscribe came in the last %(window)s, and hardly anybody confirmed: somebody may be sending mail to others through the form.'
        ),
      ]),
      group('candor.queues', [
        alert(
          'CandorQueueHigh',
          'jobs',
          names.queueJobs + '{state="due"} > %(above)d',
          'A queue is long, and stays long.',
          '{{ $value }} jobs are due on the queue {{ $labels.queue }}.'
        ),
        alert(
          'CandorQueueStalled',
          'jobs',
          names.queueAge + ' > %(above)d',
          'What is due is not being done.',
          'The oldest due job of the queue {{ $labels.queue }} has waited for {{ $value | humanizeDuration }}.'
        ),
        alert(
          'CandorNoWorkers',
          'jobs',
          |||
            %(jobs)s{state="due"} > 0
            and %(on)s
            %(workers)s == 0
          ||| % { jobs: names.queueJobs, workers: names.workers, on: names.on(['queue']) },
          'A queue has work and nobody who does it.',
          '{{ $value }} jobs are due on the queue {{ $labels.queue }}, and no worker of this queue is alive.'
        ),
        alert(
          'CandorAllWorkersDown',
          'jobs',
          '%s (%s) == 0' % [by('sum', []), names.slots],
          'No worker is alive.',
          'No worker of any queue has been heard of: nothing is sent to anybody.'
        ),
        alert(
          'CandorTeamNotTold',
          'overview',
          '%s (candor_health_check_status{check="chat", %%(selector)s}) < 1' % by('min', []),
          "The team can't be told in Slack.",
          'A token was revoked, a scope is missing, or the bot was removed from its channel: who is on call does not hear of alerts.'
        ),
        alert(
          'CandorOutboxStuck',
          'notifications',
          '%s (candor_outbox_oldest_age_seconds{%%(selector)s}) > %%(above)d' % by('max', []),
          'What an event owes is not being turned into messages.',
          'The oldest outbox entry that waits is {{ $value | humanizeDuration }} old; subscribers have not been told of its event.'
        ),
      ]),
      group('candor.http', [
        alert(
          'CandorHttpErrors',
          'http',
          names.httpErrors + ' > %(above)g',
          'The page answers with errors.',
          '{{ $value | humanizePercentage }} of all requests were answered with 5xx in the last ' + config.rateWindow + '.'
        ),
        alert(
          'CandorHttpSlow',
          'http',
          names.httpDuration + ' > %(above)g',
          'The page is slow.',
          'The slowest 5 %% of the requests to {{ $labels.route }} take longer than {{ $value | humanizeDuration }}.'
        ),
        alert(
          'CandorAlertIntakeErrors',
          'notifications',
          'round(%s (increase(candor_alert_intake_total{outcome=~"refused|unauthorized|malformed|unavailable", %%(selector)s}[%%(window)s]))) > %%(above)d' % by('sum', ['source', 'outcome']),
          'Alerts from monitoring were not taken.',
          '{{ $value }} alerts from {{ $labels.source }} were not taken in the last %(window)s: {{ $labels.outcome }}.'
        ),
      ]),
      group('candor.log', [
        alert(
          'CandorProjectionLag',
          'overview',
          '%s (candor_projection_lag_seconds{%%(selector)s}) > %%(above)d' % by('max', ['job', 'instance', 'projection']),
          'The page shows an old state.',
          'The {{ $labels.projection }} of {{ $labels.instance }} is {{ $value | humanizeDuration }} behind the log.'
        ),
        alert(
          'CandorLogHalted',
          'overview',
          '%s (candor_log_halted{%%(selector)s}) > 0' % by('max', ['job', 'instance']),
          "A process met an event that it can't read, and stopped reading the log.",
          '{{ $labels.instance }} ({{ $labels.job }}) has halted: it keeps its last good page and will not show or send anything new.'
        ),
        alert(
          'CandorMigrationsPending',
          'overview',
          '%s (candor_migrations_pending{%%(selector)s}) > 0' % by('max', []),
          "The database's schema is older than the program.",
          '{{ $value }} migrations have not been applied; run `candor migrate`.'
        ),
      ]),
      group('candor.platform', [
        alert(
          'CandorDatabaseErrors',
          'overview',
          'round(%s (increase(candor_db_errors_total{%%(selector)s}[%%(window)s]))) > %%(above)d' % by('sum', ['kind']),
          'The database does not do what it is asked.',
          '{{ $value }} calls to the database failed in the last %(window)s: {{ $labels.kind }}.'
        ),
        alert(
          'CandorRedisDown',
          'overview',
          'candor_redis_configured{%(selector)s} - candor_redis_up{%(selector)s} > 0',
          "A process can't reach Redis.",
          "{{ $labels.instance }} ({{ $labels.job }}) can't reach Redis; it polls the database instead, so messages go out later, but none is lost."
        ),
        alert(
          'CandorMetricsStale',
          'overview',
          'time() - candor_queue_stats_last_success_timestamp_seconds{%(selector)s} > %(above)d',
          'A process shows old numbers.',
          'The numbers of {{ $labels.instance }} ({{ $labels.job }}) about queues and workers are {{ $value | humanizeDuration }} old.'
        ),
        alert(
          'CandorTargetDown',
          'overview',
          'up{%(selector)s} == 0 or absent(up{%(selector)s}) == 1',
          "A process of Candor can't be scraped.",
          '{{ if $labels.instance }}{{ $labels.instance }} ({{ $labels.job }}) does not answer Prometheus.{{ else }}Prometheus knows no process of Candor.{{ end }}'
        ),
      ]),
      group('candor.probes', [
        alert(
          'CandorProbeFailed',
          'overview',
          'probe_success{%s} == 0' % config.probeSelector,
          "The page can't be reached from outside.",
          '{{ $labels.instance }} does not answer as it should.'
        ),
        alert(
          'CandorCertificateExpires',
          'overview',
          '(probe_ssl_earliest_cert_expiry{%s} - time()) / 86400 < %%(daysLeft)d' % config.probeSelector,
          "The page's certificate expires soon.",
          'The certificate of {{ $labels.instance }} expires in {{ $value | printf "%%.1f" }} days.'
        ),
        alert(
          'CandorWatchdog',
          'overview',
          'vector(1)',
          'Always fires: its absence is the alarm.',
          "Prometheus evaluates rules and Alertmanager passes them on. If a dead man's switch stops hearing this, nobody would hear of anything else either."
        ),
      ]),
    ] if std.length(g.rules) > 0],
  },
}

// Recording rules: what the alerts ask again and again, and what an autoscaler may ask.
{
  local config = $._config,
  local names = (import 'names.libsonnet')(config),
  local by = names.by,
  local page = 'route!~"%s", %s' % [std.join('|', config.ignoredRoutes), config.selector],

  prometheusRules+:: {
    groups+: [
      {
        name: 'candor.queues.rules',
        // Every process exports the same numbers, read from SQL: the largest is taken, they are never added up.
        rules: [
          { record: names.queueJobs, expr: '%s (candor_queue_jobs{%s})' % [by('max', ['queue', 'state']), config.selector] },
          { record: names.queueAge, expr: '%s (candor_queue_oldest_due_age_seconds{%s})' % [by('max', ['queue']), config.selector] },
          { record: names.workers, expr: '%s (candor_workers{%s})' % [by('max', ['queue']), config.selector] },
          { record: names.slots, expr: '%s (candor_worker_slots{%s})' % [by('max', ['queue']), config.selector] },
        ],
      },
      {
        name: 'candor.http.rules',
        rules: [
          {
            record: names.httpErrors,
            expr: |||
              %(sum)s (rate(candor_http_requests_total{status=~"5..", %(page)s}[%(window)s]))
              /
              %(sum)s (rate(candor_http_requests_total{%(page)s}[%(window)s]))
            ||| % { sum: by('sum', []), page: page, window: config.rateWindow },
          },
          {
            record: names.httpDuration,
            expr: |||
              histogram_quantile(0.95, %s (rate(candor_http_request_duration_seconds_bucket{%s}[%s])))
            ||| % [by('sum', ['route', 'le']), page, config.rateWindow],
          },
        ],
      },
      {
        name: 'candor.jobs.rules',
        rules: [
          {
            record: names.jobErrors,
            // expected_error counts as a run: a recipient who is refused for good is not our fault.
            expr: |||
              %(sum)s (rate(candor_job_runs_total{status="error", %(selector)s}[%(window)s]))
              /
              %(sum)s (rate(candor_job_runs_total{%(selector)s}[%(window)s]))
            ||| % {
              sum: by('sum', ['queue', config.jobLabel]),
              selector: config.selector,
              window: config.alerts.CandorJobHighFailRate.window,
            },
          },
        ],
      },
    ],
  },
}

// Overview: is it all right, and if not, where to look next.
local g = import 'grafana.libsonnet';

function(config)
  local q = (import 'query.libsonnet')(config);
  local zeroIsGood = [[null, 'green'], [1, 'red']];

  g.dashboard(
    config.dashboards,
    config.dashboards.uids.overview,
    'Candor / Overview',
    'Is it all right? If not, the red number says which dashboard comes next.',
    g.variables(config.selector),
    [
      g.row('Is it all right?', [
        [g.number(
          'Processes up',
          'The part of the scraped processes that answer.',
          'percentunit',
          'avg(%s)' % q.of('up'),
          [[null, 'red'], [1, 'green']]
        ), 4, 4],
        [g.number(
          'Bad health checks',
          'Checks of database, log, Redis, mail and workers that are bad in at least one process.',
          'none',
          'sum(1 - min by (check) (%s))' % q.of('candor_health_check_status'),
          zeroIsGood
        ), 4, 4],
        [g.number(
          'Errors (5xx)',
          'The part of all requests that were answered with 5xx, without health checks.',
          'percentunit',
          'sum(%s) / sum(%s)' % [
            q.rate('candor_http_requests_total', 'status=~"5..", ' + q.page),
            q.rate('candor_http_requests_total', q.page),
          ],
          [[null, 'green'], [0.001, 'orange'], [config.alerts.CandorHttpErrors.above, 'red']],
          decimals=2
        ), 4, 4],
        [g.number(
          'Oldest due job',
          'How long the oldest job that is due has waited, over all queues.',
          's',
          q.shared('candor_queue_oldest_due_age_seconds', []),
          [[null, 'green'], [30, 'orange'], [config.alerts.CandorQueueStalled.above, 'red']]
        ), 4, 4],
        [g.number(
          'Worker slots',
          'How many jobs can run at the same time, over all queues, by the workers that are alive.',
          'none',
          'sum(%s)' % q.shared('candor_worker_slots', ['queue']),
          [[null, 'red'], [1, 'green']]
        ), 4, 4],
        [g.number(
          'Leaders',
          'Processes that do what is done once: expanding, schedule, retention. One; for seconds none or two.',
          'none',
          'sum(%s)' % q.of('candor_leader'),
          [[null, 'red'], [1, 'green'], [2, 'orange']]
        ), 4, 4],
        [g.number(
          'Open incidents',
          'Incidents on the page that are not over, without planned work.',
          'none',
          'sum(%s)' % q.shared('candor_incidents_open', ['status'], 'status!="planned"'),
          [[null, 'green'], [1, 'orange']]
        ), 4, 4],
        [g.number(
          'Page behind the log',
          'How far the slowest process is behind what has been acknowledged.',
          's',
          'max(%s)' % q.of('candor_projection_lag_seconds'),
          [[null, 'green'], [5, 'orange'], [config.alerts.CandorProjectionLag.above, 'red']]
        ), 4, 4],
        [g.number(
          'Halted readers',
          "Processes that met an event they can't read. They keep their last good page.",
          'none',
          'sum(%s)' % q.of('candor_log_halted'),
          zeroIsGood
        ), 4, 4],
        [g.number(
          'Without Redis',
          "Processes that should speak to Redis and can't. They poll the database instead.",
          'none',
          'sum(%s - %s)' % [q.of('candor_redis_configured'), q.of('candor_redis_up')],
          [[null, 'green'], [1, 'orange']]
        ), 4, 4],
        [g.number(
          'Dead jobs',
          'Deliveries that were given up and are still kept.',
          'none',
          'sum(%s)' % q.shared('candor_queue_jobs', ['queue'], 'state="dead"'),
          [[null, 'green'], [1, 'orange']]
        ), 4, 4],
        [g.number(
          'Age of these numbers',
          'How long ago the slowest process last read queues and workers from the database.',
          's',
          'time() - min(%s)' % q.of('candor_queue_stats_last_success_timestamp_seconds'),
          [[null, 'green'], [15, 'orange'], [config.alerts.CandorMetricsStale.above, 'red']],
          decimals=0
        ), 4, 4],
      ]),
      g.row('The page', [
        [g.lines(
          'Requests by status',
          'Answers a second, by their status code.',
          'reqps',
          [g.target('sum by (status) (%s) > 0' % q.rate('candor_http_requests_total'), '{{status}}')],
          stacked=true
        ), 8, 8],
        [g.lines(
          'Errors',
          'The part of the requests that were answered with 4xx and 5xx, without health checks.',
          'percentunit',
          [
            g.target('sum(%s) / sum(%s)' % [
              q.rate('candor_http_requests_total', 'status=~"%s..", ' % class + q.page),
              q.rate('candor_http_requests_total', q.page),
            ], class + 'xx')
            for class in ['4', '5']
          ]
        ), 8, 8],
        [g.lines(
          'Time to answer',
          'Half, 95 % and 99 % of the requests are answered faster than this.',
          's',
          [
            g.target(q.quantile(p, 'candor_http_request_duration_seconds', [], q.page), 'p%d' % (p * 100))
            for p in [0.5, 0.95, 0.99]
          ]
        ), 8, 8],
      ]),
      g.row('Queues', [
        [g.lines(
          'Due',
          'Jobs that should be running and are not, as the database knows them; also with no worker alive.',
          'none',
          [g.target(q.shared('candor_queue_jobs', ['queue'], 'state="due"'), '{{queue}}')]
        ), 8, 8],
        [g.lines(
          'Age of the oldest due job',
          'The number that tells a long queue from a stuck one.',
          's',
          [g.target(q.shared('candor_queue_oldest_due_age_seconds', ['queue']), '{{queue}}')]
        ), 8, 8],
        [g.lines(
          'Wait, from due to start',
          'Of the jobs that started: half, 95 % and 99 % waited less than this.',
          's',
          [
            g.target(q.quantile(p, 'candor_job_wait_seconds', []), 'p%d' % (p * 100))
            for p in [0.5, 0.95, 0.99]
          ]
        ), 8, 8],
        [g.table(
          'Most failed jobs',
          'Runs that failed in the time shown, by job and kind of failure.',
          'none',
          'topk(10, sum by (queue, %s, kind) (%s))' % [config.jobLabel, q.total('candor_job_errors_total')],
          [['queue', 'Queue'], [config.jobLabel, 'Job'], ['kind', 'Kind']],
          'Failed'
        ), 12, 8],
        [g.table(
          'Slowest jobs',
          '95 % of the runs in the time shown took less than this.',
          's',
          'topk(10, histogram_quantile(0.95, sum by (queue, %s, le) (%s)))'
          % [config.jobLabel, q.total('candor_job_duration_seconds_bucket')],
          [['queue', 'Queue'], [config.jobLabel, 'Job']],
          'p95'
        ), 12, 8],
      ]),
      g.row('The log and what is under it', [
        [g.lines(
          'Events',
          'Events appended a second, by type.',
          'cps',
          [g.target('sum by (type) (%s) > 0' % q.rate('candor_events_appended_total'), '{{type}}')],
          stacked=true
        ), 6, 8],
        [g.lines(
          'Head of the log',
          'The last event that each process knows. The lines are one line when all is well.',
          'none',
          [g.target('max by (instance) (%s)' % q.of('candor_log_seq'), '{{instance}}')],
          min=null
        ), 6, 8],
        [g.lines(
          'Behind the log',
          'How long ago the oldest event happened that a process does not show yet.',
          's',
          [g.target('max by (instance, projection) (%s)' % q.of('candor_projection_lag_seconds'), '{{instance}} {{projection}}')]
        ), 6, 8],
        [g.lines(
          'Events behind the log',
          'How many events are in the log that a process does not show yet.',
          'none',
          [g.target('max by (instance, projection) (%s)' % q.of('candor_projection_lag_events'), '{{instance}} {{projection}}')]
        ), 6, 8],
        [g.lines(
          'Append',
          'From being asked to being on disk: half, 95 % and 99 % of the appends are faster than this.',
          's',
          [
            g.target(q.quantile(p, 'candor_append_duration_seconds', []), 'p%d' % (p * 100))
            for p in [0.5, 0.95, 0.99]
          ]
        ), 8, 8],
        [g.lines(
          'Database connections',
          'Connections in use and the most there may be, over all chosen processes.',
          'none',
          [g.target('sum by (pool, state) (%s)' % q.of('candor_db_pool_connections', 'state=~"used|max"'), '{{pool}} {{state}}')]
        ), 8, 8],
        [g.lines(
          'Database errors',
          'Calls to the database that failed, a second, by kind.',
          'cps',
          [g.target('sum by (kind) (%s)' % q.rate('candor_db_errors_total'), '{{kind}}')]
        ), 8, 8],
        [g.lines(
          'Wait for a connection',
          'How long 50 %, 95 % and 99 % of the calls waited for a connection to the database.',
          's',
          [
            g.target(q.quantile(p, 'candor_db_pool_wait_seconds', []), 'p%d' % (p * 100))
            for p in [0.5, 0.95, 0.99]
          ]
        ), 8, 8],
        [g.lines(
          'Append conflicts',
          'Commands a second whose id was known with other content: somebody reuses ids.',
          'cps',
          [g.target('sum(%s)' % q.rate('candor_append_conflicts_total'), 'conflicts')]
        ), 8, 8],
        [g.lines(
          'Refresh of these numbers, p95',
          'How long reading queues, workers and counts from the database takes; it happens every 5 seconds.',
          's',
          [g.target(q.quantile(0.95, 'candor_metrics_refresh_duration_seconds', ['instance']), '{{instance}}')]
        ), 8, 8],
        [g.lines(
          'Memory',
          'Resident memory of each process.',
          'bytes',
          [g.target(q.of('process_resident_memory_bytes'), '{{job}} {{instance}}')]
        ), 8, 8],
        [g.lines(
          'Processor',
          'Processor time a second of each process: 100 % is one core.',
          'percentunit',
          [g.target(q.rate('process_cpu_seconds_total'), '{{job}} {{instance}}')]
        ), 8, 8],
        [g.table(
          'Versions',
          'Which versions run, in which role; two at the same time during a rolling restart are normal.',
          'none',
          'sum by (version, commit, role) (%s)' % q.of('candor_build_info'),
          [['version', 'Version'], ['commit', 'Commit'], ['role', 'Role']],
          'Processes'
        ), 8, 8],
      ]),
    ]
  )

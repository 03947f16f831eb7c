// Jobs and queues: what is owed, who works on it, what fails.
local g = import 'grafana.libsonnet';

function(config)
  local q = (import 'query.libsonnet')(config);
  local job = config.jobLabel;
  local queue = 'queue=~"$queue"';

  g.dashboard(
    config.dashboards,
    config.dashboards.uids.jobs,
    'Candor / Jobs and queues',
    'What is owed, who works on it, and what fails. Depth and age come from the database and are right with no worker alive.',
    g.variables(config.selector) + [
      g.variable('queue', 'Queue', 'label_values(candor_queue_jobs{%s, job=~"$job", instance=~"$instance"}, queue)' % config.selector),
    ],
    [
      g.row('Is it all right?', [
        [g.number(
          entry.title,
          entry.description,
          'none',
          'sum(%s)' % q.shared('candor_queue_jobs', ['queue'], 'state="%s", ' % entry.state + queue),
          entry.steps
        ), 4, 4]
        for entry in [
          {
            title: 'Due',
            state: 'due',
            description: 'Jobs that should be running and are not.',
            steps: [[null, 'green'], [20, 'orange'], [config.alerts.CandorQueueHigh.above, 'red']],
          },
          {
            title: 'Delayed',
            state: 'delayed',
            description: 'Jobs that will be tried (again) later.',
            steps: [[null, 'green'], [config.alerts.CandorQueueHigh.above, 'orange']],
          },
          { title: 'Running', state: 'running', description: 'Jobs that a worker has in hand.', steps: [[null, 'green']] },
          {
            title: 'Dead',
            state: 'dead',
            description: 'Deliveries that were given up and are still kept.',
            steps: [[null, 'green'], [1, 'orange']],
          },
        ]
      ] + [
        [g.number(
          'Oldest due job',
          'How long the oldest job that is due has waited.',
          's',
          q.shared('candor_queue_oldest_due_age_seconds', [], queue),
          [[null, 'green'], [30, 'orange'], [config.alerts.CandorQueueStalled.above, 'red']]
        ), 4, 4],
        [g.number(
          'Worker slots',
          'How many jobs of the chosen queues can run at the same time.',
          'none',
          'sum(%s)' % q.shared('candor_worker_slots', ['queue'], queue),
          [[null, 'red'], [1, 'green']]
        ), 4, 4],
      ]),
      g.row('Queues', [
        [g.lines(
          'Depth',
          'Jobs by queue and state, as the database knows them.',
          'none',
          [g.target(q.shared('candor_queue_jobs', ['queue', 'state'], 'state!="dead", ' + queue), '{{queue}} {{state}}')]
        ), 12, 8],
        [g.lines(
          'Age of the oldest due job',
          'The number that tells a long queue from a stuck one.',
          's',
          [g.target(q.shared('candor_queue_oldest_due_age_seconds', ['queue'], queue), '{{queue}}')]
        ), 12, 8],
      ] + [
        [g.lines(
          'Wait, p%d' % (p * 100),
          'From due to start: %d %% of the jobs that started waited less than this.' % (p * 100),
          's',
          [g.target(q.quantile(p, 'candor_job_wait_seconds', ['queue'], queue), '{{queue}}')]
        ), 8, 8]
        for p in [0.5, 0.95, 0.99]
      ]),
      g.row('Workers', [
        [g.lines(
          'Workers',
          'Workers that are alive, by queue: those that have given a sign in the last 15 seconds.',
          'none',
          [g.target(q.shared('candor_workers', ['queue'], queue), '{{queue}}')]
        ), 8, 8],
        [g.lines(
          'Slots and running jobs',
          'Where the lines touch, more workers would help.',
          'none',
          [
            g.target(q.shared('candor_worker_slots', ['queue'], queue), '{{queue}} slots'),
            g.target(q.shared('candor_queue_jobs', ['queue'], 'state="running", ' + queue), '{{queue}} running'),
          ]
        ), 8, 8],
        [g.lines(
          'Wake-ups',
          'What Redis itself holds, by queue. Losing it loses nothing: the next pass of the relay pushes it again.',
          'none',
          [g.target(q.shared('candor_queue_wake_ups', ['queue'], queue), '{{queue}}')]
        ), 8, 8],
        [g.lines(
          'Leader',
          'Which process does what is done once.',
          'none',
          [g.target('max by (instance) (%s)' % q.of('candor_leader'), '{{instance}}')]
        ), 12, 8],
        [g.lines(
          'Redis',
          'Whether each process that should speak to Redis can: 1 yes, 0 no.',
          'none',
          [g.target('max by (instance) (%s) and max by (instance) (%s == 1)' % [
            q.of('candor_redis_up'),
            q.of('candor_redis_configured'),
          ], '{{instance}}')]
        ), 12, 8],
      ]),
      g.row('Jobs', [
        [g.lines(
          'Runs by outcome',
          'Runs that ended, a second. An expected error is a recipient who is refused for good or to be asked later.',
          'cps',
          [g.target('sum by (status) (%s)' % q.rate('candor_job_runs_total', queue), '{{status}}')],
          stacked=true
        ), 8, 8],
        [g.lines(
          'Runs by job',
          'Runs that ended, a second, by job.',
          'cps',
          [g.target('sum by (queue, %s) (%s)' % [job, q.rate('candor_job_runs_total', queue)], '{{queue}} {{%s}}' % job)]
        ), 8, 8],
        [g.lines(
          'Failed part by job',
          'The part of the runs that failed, without expected errors.',
          'percentunit',
          [g.target('sum by (queue, %(job)s) (%(failed)s) / sum by (queue, %(job)s) (%(all)s)' % {
            job: job,
            failed: q.rate('candor_job_runs_total', 'status="error", ' + queue),
            all: q.rate('candor_job_runs_total', queue),
          }, '{{queue}} {{%s}}' % job)]
        ), 8, 8],
        [g.lines(
          'Enqueued, started, retried, dead',
          'The way of a job, a second. Enqueued above started for long means: not enough workers.',
          'cps',
          [
            g.target('sum(%s)' % q.rate('candor_jobs_%s_total' % step, queue), step)
            for step in ['enqueued', 'started', 'retried', 'dead']
          ]
        ), 8, 8],
        [g.lines(
          'Time of a run, p95',
          '95 % of the runs take less than this, by job.',
          's',
          [g.target(q.quantile(0.95, 'candor_job_duration_seconds', ['queue', job], queue), '{{queue}} {{%s}}' % job)]
        ), 8, 8],
        [g.lines(
          'Failures by kind',
          'Runs that failed, a second, by what went wrong.',
          'cps',
          [g.target('sum by (kind) (%s)' % q.rate('candor_job_errors_total', queue), '{{kind}}')]
        ), 8, 8],
        [g.table(
          'Most failed jobs',
          'Runs that failed in the time shown, by job and kind of failure.',
          'none',
          'topk(10, sum by (queue, %s, kind) (%s))' % [job, q.total('candor_job_errors_total', queue)],
          [['queue', 'Queue'], [job, 'Job'], ['kind', 'Kind']],
          'Failed'
        ), 12, 8],
        [g.table(
          'Slowest jobs',
          '95 % of the runs in the time shown took less than this.',
          's',
          'topk(10, histogram_quantile(0.95, sum by (queue, %s, le) (%s)))'
          % [job, q.total('candor_job_duration_seconds_bucket', queue)],
          [['queue', 'Queue'], [job, 'Job']],
          'p95'
        ), 12, 8],
      ]),
    ]
  )

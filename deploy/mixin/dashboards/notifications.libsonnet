// Notifications and intake: from the alert that comes in to the mail that goes out.
local g = import 'grafana.libsonnet';

function(config)
  local q = (import 'query.libsonnet')(config);
  local job = config.jobLabel;

  g.dashboard(
    config.dashboards,
    config.dashboards.uids.notifications,
    'Candor / Notifications and intake',
    'From the alert that comes in, over the event and what it owes, to the message that goes out.',
    g.variables(config.selector),
    [
      g.row('Is it all right?', [
        [g.number(
          'Alerts not taken',
          'Alerts in the time shown that were refused, unauthorized, malformed, or met a database that was away.',
          'none',
          'round(sum(%s))' % q.total('candor_alert_intake_total', 'outcome!~"appended|duplicate|ignored"'),
          [[null, 'green'], [1, 'orange']]
        ), 4, 4],
        [g.number(
          'Oldest outbox entry',
          'How long the oldest event waits for being turned into messages.',
          's',
          q.shared('candor_outbox_oldest_age_seconds', []),
          [[null, 'green'], [10, 'orange'], [config.alerts.CandorOutboxStuck.above, 'red']]
        ), 4, 4],
        [g.number(
          'Mails due',
          'Mails that should be on their way and are not.',
          'none',
          q.shared('candor_queue_jobs', [], 'queue="mail", state="due"'),
          [[null, 'green'], [config.alerts.CandorQueueHigh.above, 'orange']]
        ), 4, 4],
        [g.number(
          'Sent',
          'Messages that the other side accepted in the time shown.',
          'none',
          'round(sum(%s))' % q.total('candor_deliveries_total', 'outcome="sent"'),
          [[null, 'green']]
        ), 4, 4],
        [g.number(
          'Given up',
          'Messages that were given up in the time shown; their recipients were not told.',
          'none',
          'round(sum(%s))' % q.total('candor_deliveries_total', 'outcome="dead"'),
          [[null, 'green'], [1, 'orange']]
        ), 4, 4],
        [g.number(
          'Subscribers',
          'People who have confirmed that they want to be told.',
          'none',
          'sum(%s)' % q.shared('candor_subscribers', ['channel'], 'state="confirmed"'),
          [[null, 'green']]
        ), 4, 4],
      ]),
      g.row('Intake', [
        [g.lines(
          'Alerts by outcome',
          'Alerts a second. Unavailable ones were answered with 503 and come again.',
          'cps',
          [g.target('sum by (source, outcome) (%s)' % q.rate('candor_alert_intake_total'), '{{source}} {{outcome}}')]
        ), 12, 8],
        [g.table(
          'Alerts in the time shown',
          'Alerts by source and what became of them.',
          'none',
          'round(sum by (source, outcome) (%s))' % q.total('candor_alert_intake_total'),
          [['source', 'Source'], ['outcome', 'Outcome']],
          'Alerts'
        ), 6, 8],
        [g.lines(
          'Open incidents',
          'Incidents on the page, by status. Suspected ones wait for a person.',
          'none',
          [g.target(q.shared('candor_incidents_open', ['status']), '{{status}}')],
          stacked=true
        ), 6, 8],
      ]),
      g.row('The team in Slack', [
        [g.lines(
          'Requests from Slack',
          'Clicks, forms and events a second, by what became of them. Unavailable ones were answered with 503.',
          'cps',
          [g.target('sum by (kind, outcome) (%s)' % q.rate('candor_slack_requests_total'), '{{kind}} {{outcome}}')]
        ), 12, 8],
        [g.lines(
          'Threads due, and how long',
          'Threads that Slack does not show yet, and since when; one message a second is all that a channel takes.',
          's',
          [
            g.target(q.shared('candor_queue_oldest_due_age_seconds', [], 'queue="chat"'), 'oldest'),
            g.target(q.shared('candor_queue_jobs', [], 'queue="chat", state="due"'), 'threads'),
          ]
        ), 6, 8],
        [g.lines(
          'Can the team be told',
          '1 while Slack takes what we say; 0 while a person has to mend something.',
          'none',
          [g.target('min(%s)' % q.of('candor_health_check_status', 'check="chat"'), 'told')]
        ), 6, 8],
      ]),
      g.row('From the event to the message', [
        [g.lines(
          'Where the time goes, p95',
          "The steps from a person's word to an accepted mail: into the log, wait for a worker, the sending, and the record that it was sent.",
          's',
          [
            g.target(q.quantile(0.95, 'candor_append_duration_seconds', []), 'into the log'),
            g.target(q.quantile(0.95, 'candor_job_wait_seconds', [], 'queue="mail"'), 'wait for a worker'),
            g.target(q.quantile(0.95, 'candor_job_duration_seconds', [], 'queue="mail", %s="notice"' % job), 'sending'),
            g.target(q.quantile(0.95, 'candor_delivery_record_seconds', [], 'channel="mail"'), 'recording'),
          ],
          stacked=true
        ), 12, 9],
        [g.lines(
          'Age of the oldest outbox entry and mail',
          'What waits longest: an event whose messages are not made yet, and a mail that is due.',
          's',
          [
            g.target(q.shared('candor_outbox_oldest_age_seconds', []), 'outbox entry'),
            g.target(q.shared('candor_queue_oldest_due_age_seconds', [], 'queue="mail"'), 'mail'),
          ]
        ), 6, 9],
        [g.lines(
          'Waiting outbox entries',
          'Events whose messages are not made yet.',
          'none',
          [g.target(q.shared('candor_outbox_pending', []), 'waiting')]
        ), 6, 9],
      ]),
      g.row('Deliveries', [
        [g.lines(
          'Deliveries by outcome',
          'Attempts that ended, a second. A lost lease means that another worker had taken over.',
          'cps',
          [g.target('sum by (channel, outcome) (%s)' % q.rate('candor_deliveries_total'), '{{channel}} {{outcome}}')]
        ), 8, 8],
        [g.lines(
          'Part that is given up',
          'Of the deliveries that ended, the part that was given up.',
          'percentunit',
          [g.target('sum by (channel) (%s) / sum by (channel) (%s)' % [
            q.rate('candor_deliveries_total', 'outcome="dead"'),
            q.rate('candor_deliveries_total', 'outcome=~"dead|sent"'),
          ], '{{channel}}')]
        ), 8, 8],
        [g.lines(
          'Time until recorded',
          "From the other side's answer to its record: only in this window does a crash repeat a message.",
          's',
          [
            g.target(q.quantile(p, 'candor_delivery_record_seconds', []), 'p%d' % (p * 100))
            for p in [0.5, 0.95, 0.99]
          ]
        ), 8, 8],
      ]),
      g.row('People and records', [
        [g.lines(
          'Subscribers',
          'Subscribers by channel and state. Pending ones have not followed the link in their mail.',
          'none',
          [g.target(q.shared('candor_subscribers', ['channel', 'state']), '{{channel}} {{state}}')]
        ), 8, 8],
        [g.lines(
          'New subscribers',
          'People who confirmed, a second.',
          'cps',
          [g.target('sum(%s)' % q.rate('candor_subscribers_confirmed_total'), 'confirmed')]
        ), 8, 8],
        [g.lines(
          'Records',
          'Rows in the database, by what they are.',
          'none',
          [g.target(q.shared('candor_entities', ['entity']), '{{entity}}')]
        ), 8, 8],
      ]),
    ]
  )

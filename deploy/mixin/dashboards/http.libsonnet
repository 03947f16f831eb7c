// HTTP: rate, errors and duration by route.
local g = import 'grafana.libsonnet';

function(config)
  local q = (import 'query.libsonnet')(config);
  local route = 'route=~"$route"';
  local requests(matchers='') = q.rate('candor_http_requests_total', matchers + route);

  g.dashboard(
    config.dashboards,
    config.dashboards.uids.http,
    'Candor / HTTP',
    'Rate, errors and duration of what the page and the webhooks answer, by route. Unknown paths are one route: unmatched.',
    g.variables(config.selector) + [
      g.variable('route', 'Route', 'label_values(candor_http_requests_total{%s, job=~"$job", instance=~"$instance"}, route)' % config.selector),
    ],
    [
      g.row('Is it all right?', [
        [g.number(
          'Requests',
          'Requests a second.',
          'reqps',
          'sum(%s)' % requests(),
          [[null, 'green']]
        ), 6, 4],
        [g.number(
          'Errors (5xx)',
          'The part of all requests that were answered with 5xx.',
          'percentunit',
          'sum(%s) / sum(%s)' % [requests('status=~"5..", '), requests()],
          [[null, 'green'], [0.001, 'orange'], [config.alerts.CandorHttpErrors.above, 'red']],
          decimals=2
        ), 6, 4],
        [g.number(
          'Time to answer, p95',
          '95 % of the requests are answered faster than this.',
          's',
          q.quantile(0.95, 'candor_http_request_duration_seconds', [], route),
          [[null, 'green'], [0.1, 'orange'], [config.alerts.CandorHttpSlow.above, 'red']]
        ), 6, 4],
        [g.number(
          'In flight',
          'Requests that are being answered now.',
          'none',
          'sum(%s)' % q.of('candor_http_in_flight'),
          [[null, 'green'], [200, 'orange'], [1000, 'red']]
        ), 6, 4],
      ]),
      g.row('Rate, errors, duration', [
        [g.lines(
          'Requests by route',
          'Requests a second, by route.',
          'reqps',
          [g.target('sum by (route) (%s) > 0' % requests(), '{{route}}')],
          stacked=true
        ), 12, 9],
        [g.lines(
          'Requests by status',
          'Answers a second, by their status code.',
          'reqps',
          [g.target('sum by (status) (%s) > 0' % requests(), '{{status}}')],
          stacked=true
        ), 12, 9],
        [g.lines(
          'Errors by route',
          'Answers with 5xx a second, by route. Health checks answer 503 on purpose.',
          'reqps',
          [g.target('sum by (route) (%s)' % requests('status=~"5..", '), '{{route}}')]
        ), 12, 9],
        [g.lines(
          'Refused requests by status',
          'Answers with 4xx a second: 401 is a wrong secret, 404 an unknown path.',
          'reqps',
          [g.target('sum by (status) (%s)' % requests('status=~"4..", '), '{{status}}')]
        ), 12, 9],
        [g.lines(
          'Time to answer',
          'Half, 95 % and 99 % of the requests are answered faster than this.',
          's',
          [
            g.target(q.quantile(p, 'candor_http_request_duration_seconds', [], route), 'p%d' % (p * 100))
            for p in [0.5, 0.95, 0.99]
          ]
        ), 12, 9],
        [g.lines(
          'Time to answer by route, p95',
          '95 % of the requests to a route are answered faster than this.',
          's',
          [g.target(q.quantile(0.95, 'candor_http_request_duration_seconds', ['route'], route), '{{route}}')]
        ), 12, 9],
      ]),
      g.row('Load', [
        [g.lines(
          'Requests by method',
          'Requests a second, by method.',
          'reqps',
          [g.target('sum by (method) (%s)' % requests(), '{{method}}')]
        ), 8, 8],
        [g.lines(
          'In flight',
          'Requests that are being answered, by process.',
          'none',
          [g.target('sum by (instance) (%s)' % q.of('candor_http_in_flight'), '{{instance}}')]
        ), 8, 8],
        [g.lines(
          'Sizes, p95',
          '95 % of the bodies are smaller than this.',
          'bytes',
          [
            g.target(q.quantile(0.95, 'candor_http_%s_body_bytes' % side, []), side)
            for side in ['request', 'response']
          ]
        ), 8, 8],
        [g.table(
          'Slowest routes',
          '95 % of the requests in the time shown were answered faster than this.',
          's',
          'topk(10, histogram_quantile(0.95, sum by (route, method, le) (%s)))'
          % q.total('candor_http_request_duration_seconds_bucket', route),
          [['route', 'Route'], ['method', 'Method']],
          'p95'
        ), 12, 9],
        [g.table(
          'Most errors',
          'Answers with 4xx and 5xx in the time shown, by route and status.',
          'none',
          'topk(10, sum by (route, method, status) (%s) > 0)'
          % q.total('candor_http_requests_total', 'status=~"[45]..", ' + route),
          [['route', 'Route'], ['method', 'Method'], ['status', 'Status']],
          'Answers'
        ), 12, 9],
      ]),
    ]
  )

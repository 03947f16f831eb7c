// The questions that several panels ask.
function(config) {
  local chosen = 'job=~"$job", instance=~"$instance"',

  // A metric with the chosen processes and further matchers. "All" chooses every job that Prometheus knows, so metrics
  // that others have, too, are narrowed down to ours.
  of(metric, matchers=''): '%s{%s}' % [metric, std.join(', ', std.prune([
    if std.startsWith(metric, 'candor_') then null else config.selector,
    if matchers == '' then null else matchers,
    chosen,
  ]))],
  rate(counter, matchers=''): 'rate(%s[$__rate_interval])' % self.of(counter, matchers),
  // How much a counter grew in all of the time that is shown.
  total(counter, matchers=''): 'increase(%s[$__range])' % self.of(counter, matchers),
  quantile(q, histogram, by, matchers=''):
    'histogram_quantile(%g, sum by (%s) (%s))'
    % [q, std.join(', ', by + ['le']), self.rate(histogram + '_bucket', matchers)],

  // Every process exports the same numbers, read from SQL: the largest is taken, they are never added up.
  shared(metric, by, matchers=''):
    (if std.length(by) == 0 then 'max(%s)' else 'max by (' + std.join(', ', by) + ') (%s)') % self.of(metric, matchers),

  // Routes that answer people and programs, not probes.
  page: 'route!~"%s"' % std.join('|', config.ignoredRoutes),
}

// What the settings promise. Prints true, or stops at the first promise that is not kept.
local with(change) = (import '../mixin.libsonnet') { _config+:: change };
local rules(mixin) = std.flattenArrays([g.rules for g in mixin.prometheusAlerts.groups]);
local names(mixin) = [r.alert for r in rules(mixin)];
local rule(mixin, name) = [r for r in rules(mixin) if r.alert == name][0];
local every(list) = std.length(std.filter(function(kept) !kept, list)) == 0;
local contains(text, part) = std.length(std.findSubstr(part, text)) > 0;

local plain = with({});
local all = std.objectFields(plain._config.alerts);

assert std.set(names(plain)) == std.set(all) : 'each alert of the settings is there, and no other';
assert every([r.labels.severity == plain._config.alerts[r.alert].severity for r in rules(plain)]) : 'severity';

assert every([
  std.set(names(with({ alerts+: { [name]+: { enabled: false } } }))) == std.setDiff(std.set(all), [name])
  for name in all
]) : 'a disabled alert is left out, and only it';
assert with({ alerts: std.mapWithKey(function(_, a) a { enabled: false }, super.alerts) }).prometheusAlerts.groups == []
       : 'no empty groups';

local high = rule(with({ alerts+: { CandorQueueHigh+: { above: 777, 'for': '3m', severity: 'critical' } } }), 'CandorQueueHigh');
assert contains(high.expr, '> 777') && high['for'] == '3m' && high.labels.severity == 'critical' : 'threshold, time, severity';

local failed = rule(with({ alerts+: { CandorJobsFailed+: { aboveByJob+: { expand: 3 } } } }), 'CandorJobsFailed').expr;
assert contains(failed, 'exported_job="expand"') && contains(failed, '> 3\n') && contains(failed, 'exported_job!~"confirm-subscription|expand|')
       : 'a threshold for one more job takes it out of the default';

local grouped = with({ groupLabels: ['namespace'] });
assert every([
  contains(r.expr, 'namespace')
  for r in rules(grouped) + std.flattenArrays([g.rules for g in grouped.prometheusRules.groups])
  if contains(r.expr, ' by (') || contains(r.expr, ' on (')
]) : 'rules keep the labels that tell one Candor from another';
assert !contains(std.toString(grouped.prometheusRules), 'sum (') && !contains(std.toString(grouped.prometheusAlerts), 'max (')
       : 'no rule mixes two Candors';

local linked = rule(with({ grafanaUrl: 'https://grafana.example.org' }), 'CandorHttpSlow');
assert linked.annotations.dashboard_url == 'https://grafana.example.org/d/candor-http' : 'links to the dashboard';
assert !std.objectHas(rule(plain, 'CandorHttpSlow').annotations, 'dashboard_url') : 'no link without a Grafana';
assert rule(with({ runbookUrl: 'https://wiki/' }), 'CandorHttpSlow').annotations.runbook_url == 'https://wiki/candorhttpslow' : 'runbook';

local recorded = [r.record for g in with({ rateWindow: '1m' }).prometheusRules.groups for r in g.rules];
assert std.member(recorded, 'candor:http_errors:ratio_rate1m') : 'a recorded rate says its window';
true

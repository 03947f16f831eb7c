// The mixin's settings for an incident that takes minutes: short times, low thresholds. The expressions are the same.
function(config) config {
  rateWindow: '15s',
  alerts: std.mapWithKey(
    function(name, alert) alert {
      'for': if alert['for'] == '0s' then '0s' else '2s',
      [if std.objectHas(alert, 'window') then 'window']: '20s',
    },
    config.alerts
  ) + {
    CandorJobsFailed+: { above: 1, aboveByJob: { notice: 2 } },
    CandorDeliveriesDead+: { above: 1 },
    CandorManyAskFewConfirm+: { above: 3, ratioBelow: 0.5 },
    CandorQueueHigh+: { above: 5 },
    CandorQueueStalled+: { above: 3 },
    CandorOutboxStuck+: { above: 3 },
    CandorHttpSlow+: { above: 0.4 },
    CandorProjectionLag+: { above: 3 },
    CandorMetricsStale+: { above: 12 },
  },
}

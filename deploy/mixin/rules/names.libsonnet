// How the recorded series are called (level:metric:operation), and how series are grouped. Rules and alerts share it.
function(config) {
  local window = config.rateWindow,

  local list(labels) = std.join(', ', config.groupLabels + labels),

  // `sum by (queue)`, with the labels that tell one Candor from another; `sum` if there are none.
  by(operator, labels):: if list(labels) == '' then operator else '%s by (%s)' % [operator, list(labels)],
  // The labels that two sides of an operation have in common.
  on(labels):: 'on (%s)' % list(labels),

  httpErrors:: 'candor:http_errors:ratio_rate' + window,
  httpDuration:: 'route:candor_http_request_duration_seconds:p95_rate' + window,
  jobErrors:: 'queue_job:candor_job_errors:ratio_rate' + config.alerts.CandorJobHighFailRate.window,
  queueJobs:: 'queue_state:candor_queue_jobs:max',
  queueAge:: 'queue:candor_queue_oldest_due_age_seconds:max',
  workers:: 'queue:candor_workers:max',
  slots:: 'queue:candor_worker_slots:max',
}

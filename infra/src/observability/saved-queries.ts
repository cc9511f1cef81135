/** A query of CloudWatch Logs Insights that is kept where whoever is woken finds it. */
export interface SavedQuery {
  readonly name: string;
  /** `functions`: what the service's functions log; `api`: the access log of its API. */
  readonly logs: 'functions' | 'api';
  readonly commands: readonly string[];
}

/** Every service's; what is in capitals is there to be replaced. Tests: tests/integration/saved-queries.test.ts. */
export const savedQueries: readonly SavedQuery[] = [
  {
    name: 'errors-by-message',
    logs: 'functions',
    commands: [
      // A function that was ended from outside leaves a line of Lambda's own, which is no JSON.
      'filter level = "ERROR" or @message like /Task timed out|Runtime exited/',
      'fields coalesce(error.message, message, @message) as what, coalesce(function_name, @log) as origin',
      'stats count(*) as errors, latest(@timestamp) as last by origin, what',
      'sort errors desc',
      'limit 50',
    ],
  },
  {
    name: 'slowest-invocations',
    logs: 'functions',
    commands: [
      'filter ispresent(ms)',
      'sort ms desc',
      'display @timestamp, function_name, function_version, message, route, status, ms, cold_start, correlation_id, order_id',
      'limit 25',
    ],
  },
  {
    name: 'one-order',
    logs: 'functions',
    commands: [
      'filter @message like "ord_REPLACE_ME"',
      'sort @timestamp asc',
      'display @timestamp, function_name, level, message, error.name, error.message, ms, @message',
      'limit 500',
    ],
  },
  {
    name: 'one-request',
    logs: 'functions',
    commands: [
      'filter correlation_id = "REPLACE_ME"',
      'sort @timestamp asc',
      'display @timestamp, function_name, level, message, route, status, error.message, ms, @message',
      'limit 500',
    ],
  },
  {
    name: 'cold-starts',
    logs: 'functions',
    commands: [
      'filter @type = "REPORT" and ispresent(@initDuration)',
      'stats count(*) as starts, pct(@initDuration, 50) as p50_ms, pct(@initDuration, 99) as p99_ms by @log',
      'sort starts desc',
    ],
  },
  {
    name: 'answers-by-route',
    logs: 'api',
    commands: [
      'stats count(*) as requests, pct(latencyMs, 99) as p99_ms by routeKey, status',
      'sort requests desc',
      'limit 100',
    ],
  },
];

/** CloudWatch namespace of all our metrics; alarms name it too. */
export const METRIC_NAMESPACE = 'Nightshift';

/**
 * Every metric there is. The counts come from the report's `counts` of the same name in lower case, `SavedPerHour` from its `savings`, in their currency;
 * `Duration` is milliseconds. `Success` is the heartbeat: 1 for every real (not dry) run that ended without failing, and nothing otherwise, so that its absence is the alarm.
 */
export const METRIC_NAMES = [
  'Planned',
  'Changed',
  'Skipped',
  'Failed',
  'Slept',
  'Woken',
  'Asleep',
  'SavedPerHour',
  'Remaining',
  'Duration',
  'Success',
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

export interface MetricsSink {
  add(name: MetricName, value: number): void;
  /** Hands over what was added since the last call. */
  publish(): void;
}

/** For the CLI and for tests that do not look. */
export const noMetrics: MetricsSink = { add() {}, publish() {} };

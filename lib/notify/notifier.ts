export type Severity = 'info' | 'warning' | 'critical';

/** A message for people; plain text, every channel escapes and lays it out its own way. */
export interface Notification {
  /** One line. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly severity: Severity;
  readonly runId: string;
  readonly job: string;
}

/** A channel that reaches people. Rejects with a NotifyError when nobody was told. */
export interface Notifier {
  notify(notification: Notification, signal?: AbortSignal): Promise<void>;
}

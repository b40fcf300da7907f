/** kstatus's own words. */
export type KstatusWord = 'Current' | 'InProgress' | 'Failed' | 'Terminating';

/** What kstatus makes of one object. `reason` is that of the condition it would set, '' for none. */
export interface KstatusResult {
  readonly status: KstatusWord;
  readonly reason: string;
  readonly message: string;
}

export function current(message: string): KstatusResult {
  return { status: 'Current', reason: '', message };
}

export function inProgress(reason: string, message: string): KstatusResult {
  return { status: 'InProgress', reason, message };
}

export function failed(reason: string, message: string): KstatusResult {
  return { status: 'Failed', reason, message };
}

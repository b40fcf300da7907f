/** How something that was triggered came out, in the same words for every service. */
export type Outcome = 'success' | 'unstable' | 'failed' | 'aborted' | 'skipped' | 'timed_out' | 'cancelled_in_queue' | 'lost';

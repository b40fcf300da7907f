/**
 * One thing to tell of one pod. `failed`: it will not heal, or had its time; `waiting`: it may; `degraded`: it runs, after a failure that will
 * come again; `note`: it runs, and people should know.
 */
export interface Finding {
  readonly weight: 'failed' | 'waiting' | 'degraded' | 'note';
  readonly pod: string;
  readonly container?: string;
  readonly reason: string;
  readonly message: string;
}

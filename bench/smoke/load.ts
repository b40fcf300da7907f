/** What every contestant is asked to do: each request is held to its status and to one field of its JSON. */
export interface Load {
  readonly name: string;
  readonly path: '/slow' | '/quick';
  /** Each is one request. */
  readonly checks: number;
  /** At a time; one figure for each. */
  readonly jobs: readonly number[];
}

export const LOADS: readonly Load[] = [
  { name: '50 checks of 100 ms', path: '/slow', checks: 50, jobs: [50] },
  { name: '3,000 requests', path: '/quick', checks: 3_000, jobs: [1, 16, 50] },
];

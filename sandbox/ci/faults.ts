import type { CiAnswer, CiRequest } from './http.ts';

/** A fault picks requests by method and path; `skip` and `times` say which of them. */
export interface CiFault {
  readonly method?: string;
  readonly path?: RegExp;
  /** Let this many pass first. @default 0 */
  readonly skip?: number;
  /** @default 1 */
  readonly times?: number;
  /** Answered instead of doing anything. */
  readonly answer?: CiAnswer;
  /** The connection is cut before the work, or after it, so that only the answer is lost. */
  readonly drop?: 'before' | 'after';
  /** The work is done and no answer ever comes. */
  readonly hang?: boolean;
  /** The connection is cut in the middle of the answer. */
  readonly breakOff?: boolean;
}

export interface CiFaults {
  add(fault: CiFault): void;
  clear(): void;
  /** The fault that this request meets, if any; counts it. */
  take(request: CiRequest): CiFault | undefined;
}

export function ciFaults(): CiFaults {
  const pending: { readonly fault: CiFault; seen: number }[] = [];
  return {
    add: (fault) => void pending.push({ fault, seen: 0 }),
    clear: () => void pending.splice(0),
    take(request) {
      for (const entry of pending) {
        const { method, path, skip = 0, times = 1 } = entry.fault;
        if ((method !== undefined && method !== request.method) || (path && !path.test(request.path))) continue;
        entry.seen += 1;
        if (entry.seen > skip && entry.seen <= skip + times) return entry.fault;
      }
      return undefined;
    },
  };
}

import type { AwsService, Operation } from './service.ts';

/** What goes wrong. `drop` cuts the connection: before the work, or after it was done and before the answer, which is how a response gets lost. */
export type FaultEffect =
  | { readonly kind: 'error'; readonly code: string; readonly status?: number; readonly message?: string }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' };

export interface Fault {
  readonly service: AwsService;
  /** All operations unless told. */
  readonly operation?: string;
  /** `bucket/key`, a parameter, a cluster: exact. All unless told. */
  readonly resource?: string;
  /** @default 1 */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export interface FaultInjection {
  /** Takes effect with the next matching request; the first fault that matches is used up first. */
  add(fault: Fault): void;
  clear(): void;
  /** The effect on this operation, counted as used. */
  take(service: AwsService, operation: Operation): FaultEffect | undefined;
}

/** HTTP statuses of the error codes worth injecting; 400 for the rest. */
const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AccessDeniedException: 400,
  ConditionalRequestConflict: 409,
  InternalError: 500,
  InternalServerError: 500,
  ServerException: 500,
  ServiceUnavailable: 503,
  SlowDown: 503,
  NoSuchBucket: 404,
};

export function statusOf(effect: FaultEffect & { readonly kind: 'error' }): number {
  return effect.status ?? statuses[effect.code] ?? 400;
}

export function faultInjection(): FaultInjection {
  let faults: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      faults = [];
    },
    take(service, { name, resource }) {
      const hit = faults.find(
        ({ fault, left }) =>
          left > 0 && fault.service === service && (fault.operation ?? name) === name && (fault.resource ?? resource) === resource,
      );
      if (!hit) return undefined;
      hit.left--;
      return hit.fault.effect;
    },
  };
}

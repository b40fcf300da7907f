import type { Check } from '../suite/suite.ts';

/** A check that is not run, and the one that it waited for in vain. */
export interface LeftOut {
  readonly check: Check;
  readonly because: string;
}

/** Which checks may run. It does no I/O, and changes as checks are taken and settled. */
export interface Schedule {
  /** The next one, in the order of the suite, whose dependencies have all passed; none when nothing is ready now. */
  take(): Check | undefined;
  /** Tells how a check that was taken has ended; returns those that cannot run any more because of it, those that waited for one of them included. */
  settle(name: string, passed: boolean): readonly LeftOut[];
  /** Nothing more is to be started: returns what was not taken yet. */
  stop(): readonly Check[];
}

/** @param checks with unique names, whose dependencies are among them and have no cycle */
export function scheduleOf(checks: readonly Check[]): Schedule {
  const open = new Map(checks.map((check) => [check.name, new Set(check.dependsOn)]));
  const dependents = dependentsOf(checks);
  const ready = checks.filter(({ dependsOn }) => dependsOn.length === 0);
  let next = 0;

  const leaveOut = (because: string): LeftOut[] =>
    (dependents.get(because) ?? []).flatMap((check) => (open.delete(check.name) ? [{ check, because }, ...leaveOut(check.name)] : []));

  return {
    take() {
      const check = ready[next];
      if (check === undefined) return undefined;
      next++;
      open.delete(check.name);
      return check;
    },
    settle(name, passed) {
      if (!passed) return leaveOut(name);
      for (const check of dependents.get(name) ?? []) {
        const waitingFor = open.get(check.name);
        if (waitingFor?.delete(name) && waitingFor.size === 0) ready.push(check);
      }
      return [];
    },
    stop() {
      next = ready.length;
      const left = checks.filter(({ name }) => open.has(name));
      open.clear();
      return left;
    },
  };
}

function dependentsOf(checks: readonly Check[]): ReadonlyMap<string, readonly Check[]> {
  const dependents = new Map<string, Check[]>();
  for (const check of checks) {
    for (const name of new Set(check.dependsOn)) {
      const known = dependents.get(name);
      if (known) known.push(check);
      else dependents.set(name, [check]);
    }
  }
  return dependents;
}

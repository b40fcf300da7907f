import type { RunConclusion, RunStatus, SandboxRun, SandboxWorkflow } from './workflows.ts';

export interface Actions {
  readonly runs: readonly SandboxRun[];
  start(run: Pick<SandboxRun, 'workflow' | 'event' | 'branch' | 'inputs'>): SandboxRun;
  /** What a run is by now. */
  stateOf(run: SandboxRun): { readonly status: RunStatus | 'completed'; readonly conclusion: RunConclusion | null };
  /** False when it is over. */
  cancel(run: SandboxRun): boolean;
  /** Newest first, without those that do not show yet. */
  listed(): readonly SandboxRun[];
}

/** The runs of one repository. Nothing runs on its own: what a run is follows from its age. */
export function actions(workflows: ReadonlyMap<string, SandboxWorkflow>, now: () => number): Actions {
  const runs: SandboxRun[] = [];
  const of = (run: Pick<SandboxRun, 'workflow'>): SandboxWorkflow => workflows.get(run.workflow) ?? {};
  const stateOf: Actions['stateOf'] = (run) => {
    let age = (run.cancelledAt ?? now()) - run.createdAt;
    for (const { status, forMs } of of(run).phases ?? []) {
      if (age < forMs)
        return run.cancelledAt === undefined ? { status, conclusion: null } : { status: 'completed', conclusion: 'cancelled' };
      age -= forMs;
    }
    return { status: 'completed', conclusion: of(run).conclusion ?? 'success' };
  };
  const cancel = (run: SandboxRun): boolean => {
    if (stateOf(run).status === 'completed') return false;
    run.cancelledAt = now();
    return true;
  };
  return {
    runs,
    stateOf,
    cancel,
    start(request) {
      const workflow = of(request);
      const group = workflow.concurrencyGroup;
      if (group !== undefined) for (const run of runs) if (of(run).concurrencyGroup === group) cancel(run);
      const fill = (text: string): string => text.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_, name: string) => request.inputs[name] ?? '');
      const run: SandboxRun = {
        ...request,
        id: 30_433_642 + runs.length,
        title: fill(workflow.runName ?? request.workflow),
        steps: ['Set up job', ...(workflow.steps ?? []).map(fill)],
        createdAt: now(),
      };
      runs.push(run);
      return run;
    },
    listed: () => runs.filter((run) => now() >= run.createdAt + (of(run).appearsAfterMs ?? 0)).reverse(),
  };
}

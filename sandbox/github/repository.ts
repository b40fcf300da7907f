import { type Actions, actions } from './actions.ts';
import type { SandboxWorkflow } from './workflows.ts';

export interface SandboxRepository {
  /** By file name. */
  readonly workflows?: Readonly<Record<string, SandboxWorkflow>>;
  /** Branches and tags. @default ['main'] */
  readonly refs?: readonly string[];
}

export interface Repository {
  readonly workflows: ReadonlyMap<string, SandboxWorkflow>;
  readonly refs: readonly string[];
  readonly actions: Actions;
  /** Addresses of its API and of its pages. */
  readonly api: string;
  readonly html: string;
  readonly events: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }[];
  readonly statuses: (Readonly<Record<string, unknown>> & { readonly sha: string })[];
  readonly deployments: {
    readonly id: number;
    readonly body: Readonly<Record<string, unknown>>;
    readonly statuses: Readonly<Record<string, unknown>>[];
  }[];
}

export function repository(given: SandboxRepository, urls: Pick<Repository, 'api' | 'html'>, now: () => number): Repository {
  const workflows = new Map(Object.entries(given.workflows ?? {}));
  return { workflows, refs: given.refs ?? ['main'], actions: actions(workflows, now), ...urls, events: [], statuses: [], deployments: [] };
}

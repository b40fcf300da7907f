import type { Environment } from '../platform/job-definition.ts';
import type { StateStore } from '../platform/state-store.ts';
import type { S3Target, StateTarget } from './state-target.ts';

export type OpenS3State = (state: S3Target, env: Environment) => Promise<StateStore>;

/** Opens a store without I/O: what is wrong with it shows at its first use. Either kind is loaded by the run that uses it. */
export async function openStore(state: StateTarget, env: Environment, s3State: OpenS3State = s3OnDemand): Promise<StateStore> {
  return state.via === 's3' ? s3State(state, env) : directoryState(state.path);
}

async function s3OnDemand(state: S3Target, env: Environment): Promise<StateStore> {
  return (await import('./s3-state.ts')).s3State(state, env);
}

async function directoryState(path: string): Promise<StateStore> {
  const { directoryStateStore } = await import('../platform/directory-state-store.ts');
  return directoryStateStore(path);
}

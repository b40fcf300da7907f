import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type ApiAccess, apiRequest } from '../api-request.ts';
import type { ProcessFamily } from './process-family.ts';

/** What a start waits with: its programs, and until when (epoch milliseconds). */
export interface Patience {
  readonly family: ProcessFamily;
  readonly deadline: number;
}

/** Resolves with the CA, which the API server writes while it starts, once readyz answers and the namespace `default` exists. */
export async function untilApiReady(patience: Patience, access: Omit<ApiAccess, 'caPem'>, caFile: string): Promise<string> {
  return until(patience, 'kube-apiserver', async () => {
    const caPem = readFileSync(caFile, 'utf8');
    for (const path of ['/readyz', '/api/v1/namespaces/default']) await read({ ...access, caPem }, path);
    return caPem;
  });
}

/** The controller-manager works when it has made the first thing that it makes in every namespace. */
export async function untilControllersReady(patience: Patience, access: ApiAccess): Promise<void> {
  await until(patience, 'kube-controller-manager', () => read(access, '/api/v1/namespaces/default/serviceaccounts/default'));
}

/** kwok works when the node is Ready. */
export async function untilNodeReady(patience: Patience, access: ApiAccess, node: string): Promise<void> {
  await until(patience, 'kwok', async () => {
    const { status } = (await read(access, `/api/v1/nodes/${node}`)) as { status?: { conditions?: { type: string; status: string }[] } };
    if (!status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'))
      throw new Error(`${node} is not Ready`);
  });
}

async function until<T>({ family, deadline }: Patience, program: string, look: () => Promise<T>): Promise<T> {
  for (;;) {
    const [ended] = family.ended();
    if (ended !== undefined) throw new Error(`the control plane did not start: ${ended} ended\n${family.logTail(ended)}`);
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`the control plane did not start in time: ${error}\n${family.logTail(program)}`, { cause: error });
      }
    }
    await delay(50);
  }
}

async function read(access: ApiAccess, path: string): Promise<unknown> {
  const { status, body } = await apiRequest(access, 'GET', path);
  if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
  return body;
}

import type { Invocable } from './invoke/invoked.ts';

/** What `nightshift invoke` runs, a line for each function; each is loaded when it is asked for. */
export const functions = {
  'post-deploy-smoke': () => import('./invoke/post-deploy-smoke.ts'),
  'scale-dev-nightly': () => import('./invoke/scale-dev-nightly.ts'),
} as const satisfies Readonly<Record<string, () => Promise<Invocable>>>;

export type FunctionName = keyof typeof functions;

export const FUNCTION_NAMES = Object.keys(functions) as readonly FunctionName[];

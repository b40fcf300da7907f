import type { Invoked, InvokeFlags } from './invoke/invoked.ts';
import type { Io } from './io.ts';

export type Prepare = (event: unknown, flags: InvokeFlags, io: Io) => Promise<Invoked>;

/** What `nightshift invoke` runs; each function is loaded when it is asked for. */
export const functions = {
  'scale-dev-nightly': async (): Promise<Prepare> => (await import('./invoke/scale-dev-nightly.ts')).invokedScale,
} as const satisfies Readonly<Record<string, () => Promise<Prepare>>>;

export type FunctionName = keyof typeof functions;

export const FUNCTION_NAMES = Object.keys(functions) as readonly FunctionName[];

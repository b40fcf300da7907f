import type { Secret } from '../platform/secret.ts';
import { type Outcome, type RunOptions, run } from './run.ts';

export interface ToolOptions extends Omit<RunOptions, 'expected'> {
  /** Another name or path of the program. */
  readonly program?: string;
}

export type ToolArgs = readonly (string | Secret)[];
export type Tool = (args: ToolArgs, options?: ToolOptions & Pick<RunOptions, 'expected'>) => Promise<Outcome>;

/** A program that inherits, beside the few variables of every program, those that it is configured with. */
export function tool(name: string, inherit: readonly string[]): Tool {
  return (args, { program = name, env = {}, ...options } = {}) =>
    run(program, args, { ...options, env: { ...env, inherit: [...inherit, ...(env.inherit ?? [])] } });
}

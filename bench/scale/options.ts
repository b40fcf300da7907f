import { parseArgs } from 'node:util';

/** What a run of the bench is asked for. */
export interface ScaleOptions {
  /** Deployments on the cluster. */
  readonly objects: number;
  readonly namespaces: number;
  /** Each round runs every contestant once; figures are medians over rounds. */
  readonly rounds: number;
  /** Requests in flight, of both contestants. */
  readonly concurrency: number;
  /** Folder for CPU profiles of Nightshift's runs. */
  readonly profiles: string | undefined;
}

/** @throws Error for a flag that is unknown or not a whole number above 0 */
export function scaleOptions(args: readonly string[]): ScaleOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      objects: { type: 'string', default: '5000' },
      namespaces: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '3' },
      concurrency: { type: 'string', default: '16' },
      profiles: { type: 'string' },
    },
  });
  return {
    objects: count('objects', values.objects),
    namespaces: count('namespaces', values.namespaces),
    rounds: count('rounds', values.rounds),
    concurrency: count('concurrency', values.concurrency),
    profiles: values.profiles,
  };
}

function count(flag: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${flag} ${text}: a whole number above 0 is needed`);
  return Number(text);
}

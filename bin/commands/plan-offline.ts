import { planManifests } from '../../lib/sleep/offline.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readManifests } from '../manifests-input.ts';
import { planSummary, planTable } from '../plan-view.ts';
import { planWarnings } from '../plan-warnings.ts';
import { policyFromFlags } from '../policy-from-flags.ts';
import { terminalOf } from '../terminal.ts';
import type { PlanFlags } from './plan.ts';

/** Decides on manifests, as a run would on the cluster that holds exactly these objects. */
export async function planOffline({ io, output }: CommandContext, flags: PlanFlags, paths: readonly string[]): Promise<ExitCode> {
  const policy = await policyFromFlags(flags, io);
  const { objects, warnings } = await readManifests(paths, io);
  const namespaces = flags.namespace && [...flags.namespace];
  const { items, notices } = planManifests(objects, { ...policy, ...(namespaces && { namespaces }) }, flags.at ?? io.clock.now());
  const said = notices.map(({ namespace, message }) => (namespace === undefined ? message : `Namespace/${namespace}: ${message}`));
  for (const line of planWarnings(items, [...warnings, ...said])) output.warn(line);
  const view = { terminal: terminalOf(io.stdout, io.env), all: flags.all ?? false };
  await output.result({ items }, () => [planTable(items, view), planSummary(items)].filter((part) => part !== '').join('\n\n'));
  return ExitCode.done;
}

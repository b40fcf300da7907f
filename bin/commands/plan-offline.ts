import type { Savings } from '../../lib/platform/report.ts';
import { planManifests } from '../../lib/sleep/offline.ts';
import { type NoticeItem, noticeItem } from '../../lib/sleep/plan-item.ts';
import { savingsOf, savingText } from '../../lib/sleep/savings.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readManifests } from '../manifests-input.ts';
import { planSummary, planTable } from '../plan-view.ts';
import { planWarnings } from '../plan-warnings.ts';
import { policyFromFlags } from '../policy-from-flags.ts';
import { pricesFromFlags } from '../prices-from-flags.ts';
import { terminalOf } from '../terminal.ts';
import type { PlanFlags } from './plan.ts';

/** Decides on manifests, as a run would on the cluster that holds exactly these objects. */
export async function planOffline({ io, output }: CommandContext, flags: PlanFlags, paths: readonly string[]): Promise<ExitCode> {
  const prices = pricesFromFlags(flags);
  const policy = await policyFromFlags(flags, io);
  const { objects, warnings } = await readManifests(paths, io);
  const namespaces = flags.namespace && [...flags.namespace];
  const asked = { ...policy, ...(namespaces && { namespaces }) };
  const { items, notices, sleepers } = planManifests(objects, asked, flags.at ?? io.clock.now());
  const said = notices.map(({ namespace, message }) => (namespace === undefined ? message : `Namespace/${namespace}: ${message}`));
  for (const line of planWarnings(items, [...warnings, ...said])) output.warn(line);
  const view = { terminal: terminalOf(io.stdout, io.env), all: flags.all ?? false };
  const savings = prices && savingsOf(sleepers, prices);
  const lastLine = [planSummary(items), ...savingPart(savings)].join('; ');
  const document = { items, notices: [...warnings.map(inputNotice), ...notices.map((notice) => noticeItem('manifests', notice))] };
  await output.result({ ...document, ...(savings && { savings }) }, () => [planTable(items, view), lastLine].filter(Boolean).join('\n\n'));
  return ExitCode.done;
}

/** What reading the manifests had to say, in the shape of a report's notices. */
function inputNotice(reason: string): NoticeItem {
  return { ref: 'manifests', action: 'warning', reason };
}

function savingPart(savings: Savings | undefined): readonly string[] {
  const text = savings && savingText(savings);
  return text === undefined ? [] : [`would save ${text}`];
}

import { doesUnwanted } from '../../lib/terraform/plan/fail-on.ts';
import { readPlan } from '../../lib/terraform/plan/read-plan.ts';
import { summarisePlan } from '../../lib/terraform/plan/summarise-plan.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { TerraformPlanFlags } from '../flags/terraform.ts';
import { terminalOf } from '../terminal.ts';
import { planDocument, planText } from '../terraform/plan-view.ts';
import { readText } from '../terraform/read-text.ts';

/** `nightshift terraform plan -f FILE`: what the plan would do. Exit code 1 when it would do what --fail-on names, or when planning failed. */
export async function terraformPlan({ io, output }: CommandContext, flags: TerraformPlanFlags): Promise<ExitCode> {
  const { text, where } = await readText(flags.filename, io);
  const { plan, warnings } = readPlan(text, where);
  const summary = summarisePlan(plan);
  for (const warning of [...warnings, ...summary.warnings]) output.warn(warning);
  const unwanted = (flags.failOn ?? []).filter((each) => doesUnwanted(summary, each));
  await output.result({ ...planDocument(summary), failedOn: unwanted }, () => planText(summary, terminalOf(io.stdout, io.env)));
  if (unwanted.length > 0) output.error(`the plan would do what --fail-on names: ${unwanted.join(', ')}`);
  return unwanted.length > 0 || summary.errored ? ExitCode.failed : ExitCode.done;
}

import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { addOutputsFlags, addTerraformPlanFlags } from '../flags/terraform.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** What Terraform or OpenTofu has made and would make, for the programs around it. */
export function addTerraformCommands(program: Command, run: Runner): void {
  const terraform = program.command('terraform').description('read outputs and plans of Terraform or OpenTofu');

  const outputs = terraform
    .command('outputs')
    .description('hand the outputs on to a shell, GitHub Actions, Helm or Parameter Store; sensitive ones only when asked');
  addExamples(addGlobalFlags(addOutputsFlags(outputs)), [
    ['nightshift terraform outputs --dir infra', 'what is there?'],
    ['terraform output -json | nightshift terraform outputs -f - --format values > values.infra.yaml', 'Helm values'],
    ['eval "$(nightshift terraform outputs --dir infra --format env --prefix infra_)"', 'variables of this shell, whatever is in them'],
    ['nightshift terraform outputs --dir infra --format ssm --prefix /shop/dev --put', 'parameters, SecureStrings for the sensitive ones'],
  ]);
  bind(outputs, run, async () => (await import('../commands/terraform-outputs.ts')).terraformOutputs);

  const plan = terraform.command('plan').description('tell what a plan would create, change, replace and destroy, and why');
  addExamples(addGlobalFlags(addTerraformPlanFlags(plan)), [
    ['terraform show -json tfplan | nightshift terraform plan -f - --fail-on destroy', 'stop a pipeline before it loses something'],
    ['nightshift terraform plan -f plan.json -o json', 'for a comment on a pull request'],
  ]);
  bind(plan, run, async () => (await import('../commands/terraform-plan.ts')).terraformPlan);
}

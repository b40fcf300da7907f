import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText } from '../../../lib/terraform/json.ts';
import { readOutputs, type TerraformOutput } from '../../../lib/terraform/outputs.ts';

/** What Terraform 1.11.4 has printed: `outputs`, `plan-create`, `plan-change`. */
export function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8');
}

/** Outputs of these values, as Terraform would print them. */
export function outputsText(values: Readonly<Record<string, unknown>>, sensitive: readonly string[] = []): string {
  return jsonText(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { sensitive: sensitive.includes(name), type: 'dynamic', value }]),
    ),
  );
}

export function outputsOf(values: Readonly<Record<string, unknown>>, sensitive: readonly string[] = []): readonly TerraformOutput[] {
  return readOutputs(outputsText(values, sensitive), 'test').outputs;
}

export interface PlanChangeParts {
  readonly actions: readonly string[];
  readonly [field: string]: unknown;
}

/** A plan of one resource, in the documented form. */
export function planText(
  change: PlanChangeParts,
  more: Readonly<Record<string, unknown>> = {},
  plan: Readonly<Record<string, unknown>> = {},
): string {
  return jsonText({ format_version: '1.2', resource_changes: [{ address: 'aws_instance.a', mode: 'managed', change, ...more }], ...plan });
}

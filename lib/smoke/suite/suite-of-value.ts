import { teach } from '../../configuration/teach.ts';
import type { Problem } from '../../platform/schema-problems.ts';
import { suiteSchema } from './schema.ts';
import { shapeProblems } from './shape-problems.ts';
import type { Suite } from './suite.ts';
import { toSuite } from './to-suite.ts';

export const SUITE_HINT = { hint: 'docs/smoke-suites.md says what a suite may hold' };

/** What became of a value: the suite that it is, and what is wrong with it. */
export interface ReadValue {
  readonly suite?: Suite;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** A suite as it is written, without its text. Never throws. @param name of a suite that does not say its own */
export async function suiteOfValue(value: unknown, name: string): Promise<ReadValue> {
  if (value === null || value === undefined) return { problems: [{ path: [], message: 'is empty' }], warnings: [] };
  if (isBlueprint(value)) {
    const { readBlueprint } = await import('./blueprint/read-blueprint.ts');
    return readBlueprint(value, name);
  }
  const parsed = suiteSchema.safeParse(value, { error: teach, reportInput: true });
  if (!parsed.success) return { problems: shapeProblems(parsed.error, suiteSchema), warnings: [] };
  return toSuite(parsed.data, value, name);
}

/** A configuration of CloudWatch multi checks has steps where a suite has a version and checks. */
function isBlueprint(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'steps' in value && !('version' in value) && !('checks' in value);
}

import { teach } from '../../../configuration/teach.ts';
import type { Problem } from '../../../platform/schema-problems.ts';
import { suiteSchema } from '../schema.ts';
import { shapeProblems } from '../shape-problems.ts';
import { type Normalised, toSuite } from '../to-suite.ts';
import { type Blueprint, blueprintSchema } from './blueprint-schema.ts';
import { collectFindings, Substitution } from './substitution.ts';
import { translateStep, type WrittenCheck } from './translate-step.ts';

/** What a step may take that does not say so: the default of CloudWatch. */
const STEP_MS = 30_000;
/** The longest that a canary may take. */
const LONGEST_MS = 840_000;

type ReadBlueprint = { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] } & Partial<Normalised>;

/** A configuration of CloudWatch multi checks as a suite. Steps run one after the other there, so each depends on the one before it. */
export async function readBlueprint(value: unknown, name: string): Promise<ReadBlueprint> {
  const parsed = blueprintSchema.safeParse(value, { error: teach, reportInput: true });
  if (!parsed.success) return { problems: shapeProblems(parsed.error, blueprintSchema), warnings: [] };
  const { suite: written, origins, problems, warnings } = translate(parsed.data, name);
  if (problems.length > 0) return { problems, warnings };
  const suite = suiteSchema.safeParse(written, { error: teach, reportInput: true });
  const home = (problem: Problem): Problem => atHome(problem, origins);
  if (!suite.success) return { problems: shapeProblems(suite.error, suiteSchema).map(home), warnings };
  const normalised = await toSuite(suite.data, written, name);
  return {
    suite: normalised.suite,
    problems: normalised.problems.map(home),
    warnings: [...warnings, ...normalised.warnings.map(home)],
  };
}

interface Translation {
  readonly suite: Readonly<Record<string, unknown>>;
  /** The step that each check comes from. */
  readonly origins: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

function translate({ globalSettings = {}, variables = {}, steps }: Blueprint, name: string): Translation {
  const findings = collectFindings();
  const substitution = new Substitution(variables, findings);
  const checks: WrittenCheck[] = [];
  const origins: string[] = [];
  let totalMs = 0;
  for (const [key, step] of Object.entries(steps).sort(([a], [b]) => Number(a) - Number(b))) {
    const timeoutMs = substitution.number(step.timeout ?? globalSettings.stepTimeout ?? STEP_MS);
    if (!(timeoutMs > 0)) findings.refuse(['steps', key, 'timeout'], 'must be a number of milliseconds');
    totalMs += timeoutMs;
    const context = { path: ['steps', key], substitution, findings, userAgent: globalSettings.userAgent };
    for (const check of translateStep(step, timeoutMs, context)) {
      const before = checks.at(-1)?.name;
      checks.push({ ...check, ...(before !== undefined && { dependsOn: [before] }) });
      origins.push(key);
    }
  }
  const suite = { version: 1, name, deadline: `${Math.min(totalMs, LONGEST_MS)}ms`, variables: substitution.variables, checks };
  return { suite, origins, problems: findings.problems, warnings: findings.warnings };
}

/** A problem of the translation at the step that it comes from. */
function atHome({ path, message }: Problem, origins: readonly string[]): Problem {
  const [first, index, ...rest] = path;
  const key = first === 'checks' && typeof index === 'number' ? origins[index] : undefined;
  if (key === undefined) return { path, message };
  const word = rest.at(-1);
  const detail = typeof word === 'string' && rest.length > 1 ? `${word}: ` : '';
  return { path: ['steps', key], message: `${detail}${message}` };
}

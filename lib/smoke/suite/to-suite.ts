import type { Problem } from '../../platform/schema-problems.ts';
import { type Asked, checkExpressions } from './check-expressions.ts';
import { checkFit } from './check-fit.ts';
import { orderChecks, unknownNames } from './check-order.ts';
import { namesUsed } from './names-used.ts';
import type { CheckInput, SuiteInput } from './schema.ts';
import type { Check, Identity, Suite } from './suite.ts';
import { templatePlaces } from './template-places.ts';
import { toAssertions, toCapture } from './to-assertion.ts';
import { toCheck } from './to-check.ts';
import { toVariable } from './to-variable.ts';

const DEADLINE_MS = 60_000;
const IDENTITY = 'identity';
const IDENTITY_SUCCESSES = 3;

export interface Normalised {
  readonly suite: Suite;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

interface Written {
  readonly input: CheckInput;
  readonly path: readonly PropertyKey[];
}

/** A suite as it is meant, and what does not fit together in it. @param raw as it was read, for the places of names */
export async function toSuite(input: SuiteInput, raw: unknown, name: string): Promise<Normalised> {
  const defaults = input.defaults ?? {};
  const variables = Object.fromEntries(Object.entries(input.variables ?? {}).map(([word, source]) => [word, toVariable(source, word)]));
  const identity = identityOf(input);
  const written = [...input.checks.map((check, index): Written => ({ input: check, path: ['checks', index] })), ...identity.own];
  const ordered = orderChecks(written.map(({ input: check }) => withSuccesses(toCheck(check, defaults), check, identity.known, input)));
  const templates = templatePlaces(raw);
  const captured = ordered.checks.flatMap(({ capture }) => Object.keys(capture));
  const known = new Set([...Object.keys(variables), ...captured]);
  const suite: Suite = {
    version: 1,
    name: input.name ?? name,
    deadlineMs: input.deadline ?? DEADLINE_MS,
    allow: input.allow ?? [],
    variables,
    checks: ordered.checks,
    ...(identity.known && { identity: identity.known }),
    warnings: [],
  };
  return {
    suite,
    problems: [
      ...ordered.problems.map((problem) => moved(problem, written)),
      ...templates.problems,
      ...unknownNames(templates.uses, known),
      ...written.flatMap(({ input: check, path }) => checkFit(check, path)),
      ...(await checkExpressions(written.flatMap(askedIn))),
      ...captured
        .filter((each) => Object.hasOwn(variables, each))
        .map((each) => ({ path: ['variables', each], message: 'is captured by a check too; call one of them otherwise' })),
      ...identity.problems,
    ],
    warnings: unusedVariables(suite),
  };
}

interface IdentityParts {
  readonly known: Identity | undefined;
  readonly own: readonly Written[];
  readonly problems: readonly Problem[];
}

function identityOf({ identity, checks }: SuiteInput): IdentityParts {
  if (!identity) return { known: undefined, own: [], problems: [] };
  const { check, http, assert, successes = IDENTITY_SUCCESSES } = identity;
  if (check === undefined && http)
    return {
      known: { check: IDENTITY, successes },
      own: [{ input: { name: IDENTITY, http, assert }, path: ['identity'] }],
      problems: checks.some(({ name }) => name === IDENTITY)
        ? [{ path: ['identity'], message: `has a request of its own, and a check is called ${IDENTITY} too` }]
        : [],
    };
  const known = { check: check ?? '', successes };
  if (checks.some(({ name }) => name === check)) return { known, own: [], problems: [] };
  return { known, own: [], problems: [{ path: ['identity', 'check'], message: `no check is called ${check}` }] };
}

/** Of two wishes for the check that proves the version, the greater one. */
function withSuccesses(check: Check, input: CheckInput, identity: Identity | undefined, { identity: wish }: SuiteInput): Check {
  if (check.name !== identity?.check) return check;
  return {
    ...check,
    successes: Math.max(input.successes ?? 1, identity.successes),
    intervalMs: input.interval === undefined && wish?.interval !== undefined ? wish.interval : check.intervalMs,
  };
}

/** A problem of `checks[n]` at the place where that check is written. */
function moved({ path, message }: Problem, written: readonly Written[]): Problem {
  const [, index, ...rest] = path;
  const place = typeof index === 'number' ? written[index]?.path : undefined;
  return place ? { path: [...place, ...rest], message } : { path, message };
}

function askedIn({ input, path }: Written): readonly Asked[] {
  return [
    ...(input.assert ?? []).flatMap((assertion, index) =>
      toAssertions(assertion).map((each): Asked => ({ path: [...path, 'assert', index], ...each })),
    ),
    ...Object.entries(input.capture ?? {}).map(
      ([name, capture]): Asked => ({ path: [...path, 'capture', name], source: toCapture(capture).source }),
    ),
  ];
}

function unusedVariables({ variables, checks }: Suite): readonly Problem[] {
  const used = new Set(checks.flatMap(namesUsed));
  return Object.keys(variables)
    .filter((name) => !used.has(name))
    .map((name) => ({ path: ['variables', name], message: 'is used by no check' }));
}

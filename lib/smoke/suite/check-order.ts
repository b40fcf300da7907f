import type { Problem } from '../../platform/schema-problems.ts';
import { nearestWord } from '../../schedule/nearest-word.ts';
import { namesUsed } from './names-used.ts';
import { type Check, EXPECTED_NAMES } from './suite.ts';
import type { NameUse } from './template-places.ts';

/** Checks that know what they depend on, and what is wrong with their order. Paths are those of `checks`. */
export interface Ordered {
  readonly checks: readonly Check[];
  readonly problems: readonly Problem[];
}

/** Adds to each check those whose captures it uses, and looks for dependencies that cannot be. */
export function orderChecks(checks: readonly Check[]): Ordered {
  const capturedBy = new Map(checks.flatMap(({ name, capture }) => Object.keys(capture).map((captured) => [captured, name] as const)));
  const linked = checks.map((check) => ({ ...check, dependsOn: dependenciesOf(check, capturedBy) }));
  return {
    checks: linked,
    problems: [...sameNames(checks), ...sameCaptures(checks), ...unknownChecks(checks), ...circles(linked, capturedBy)],
  };
}

function dependenciesOf(check: Check, capturedBy: ReadonlyMap<string, string>): readonly string[] {
  const implied = namesUsed(check).flatMap((name) => capturedBy.get(name) ?? []);
  return [...new Set([...check.dependsOn, ...implied])];
}

function sameNames(checks: readonly Check[]): readonly Problem[] {
  const first = new Map<string, number>();
  return checks.flatMap(({ name }, index) => {
    const before = first.get(name);
    if (before === undefined) first.set(name, index);
    return before === undefined ? [] : [{ path: ['checks', index, 'name'], message: `checks[${before}] has this name already` }];
  });
}

function sameCaptures(checks: readonly Check[]): readonly Problem[] {
  const first = new Map<string, string>();
  return checks.flatMap(({ name, capture }, index) =>
    Object.keys(capture).flatMap((captured) => {
      const before = first.get(captured);
      if (before === undefined) first.set(captured, name);
      return before === undefined
        ? []
        : [{ path: ['checks', index, 'capture', captured], message: `is captured by the check ${before} already` }];
    }),
  );
}

function unknownChecks(checks: readonly Check[]): readonly Problem[] {
  const names = new Set(checks.map(({ name }) => name));
  return checks.flatMap(({ dependsOn }, index) =>
    dependsOn.flatMap((name, item) =>
      names.has(name)
        ? []
        : [{ path: ['checks', index, 'dependsOn', item], message: `no check is called ${name}${didYouMean(name, names)}` }],
    ),
  );
}

/** One problem for each circle, at the first of its checks. */
function circles(checks: readonly Check[], capturedBy: ReadonlyMap<string, string>): readonly Problem[] {
  const byName = new Map(checks.map((check, index) => [check.name, { check, index }]));
  const done = new Set<string>();
  const problems: Problem[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    const at = way.indexOf(name);
    if (at >= 0) {
      problems.push(circleProblem([...way.slice(at), name], byName, capturedBy));
      return;
    }
    if (done.has(name)) return;
    for (const next of byName.get(name)?.check.dependsOn ?? []) visit(next, [...way, name]);
    done.add(name);
  };
  for (const { name } of checks) visit(name, []);
  return problems;
}

function circleProblem(
  circle: readonly string[],
  byName: ReadonlyMap<string, { readonly check: Check; readonly index: number }>,
  capturedBy: ReadonlyMap<string, string>,
): Problem {
  const [name = '', next = ''] = circle;
  const { check, index } = byName.get(name) ?? { check: undefined, index: 0 };
  const own = check === undefined ? [] : namesUsed(check).filter((used) => capturedBy.get(used) === name);
  if (name === next && own.length > 0)
    return { path: ['checks', index], message: `uses {{${own[0]}}}, which it captures itself from an answer that it has yet to get` };
  return { path: ['checks', index, 'dependsOn'], message: `goes round in a circle: ${circle.join(' needs ')}` };
}

/** Names that nothing gives a value, where they are used. */
export function unknownNames(uses: readonly NameUse[], known: ReadonlySet<string>): readonly Problem[] {
  return uses.flatMap(({ path, name }) => {
    if (known.has(name) || EXPECTED_NAMES.some((each) => each === name)) return [];
    const near = didYouMean(name, [...known, ...EXPECTED_NAMES]);
    return [{ path, message: `{{${name}}} is neither a variable nor captured by a check${near}` }];
  });
}

function didYouMean(name: string, known: Iterable<string>): string {
  const meant = nearestWord(name, known);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

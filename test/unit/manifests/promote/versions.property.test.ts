import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type VersionStep, versionStep } from '../../../../lib/manifests/promote/versions.ts';
import { fuzzRuns } from '../../../support/yaml/arbitrary-yaml.ts';

const small = fc.nat(12);
const numbers = fc.array(small, { minLength: 1, maxLength: 4 }).map((all) => all.join('.'));
const commit = fc.constantFrom('9f1c2ab', '1a2b3c4', 'g9f1c2ab');
const word = fc.oneof(
  fc.constantFrom('rc', 'alpha', 'debian', 'r', 'x2y'),
  small.map(String),
  small.map((n) => `rc${n}`),
  commit,
);
const pre = fc.array(word, { maxLength: 3 }).chain((words) =>
  fc.constantFrom('.', '-').map((between) =>
    words
      .map((each) => `${between}${each}`)
      .join('')
      .replace(/^./, '-'),
  ),
);
const post = fc.oneof(
  fc.constant(''),
  small.map((n) => `_${n}`),
  fc.constantFrom('_x', '_x2', '_9f1c2ab'),
  small.map((n) => `-${n}-g9f1c2ab`),
);
const date = fc
  .tuple(fc.constantFrom('2023', '2024'), fc.constantFrom('01', '12'), fc.constantFrom('02', '10'))
  .chain((parts) => fc.constantFrom('-', '', '_', '.').map((between) => parts.join(between)));

const styles = [
  fc.tuple(fc.constantFrom('', 'v'), numbers, pre, post).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('web2-', 'web2-v'), numbers, pre, post).map((parts) => parts.join('')),
  fc.tuple(date, fc.constantFrom('', '-1', '-2', '.3', '-x', 'T01', '0101', '-9f1c2ab')).map((parts) => parts.join('')),
  fc.tuple(small, fc.constantFrom('rc', 'u', 'b'), numbers).map((parts) => parts.join('')),
  fc.constantFrom('latest', '', '1234567', '9f1c2ab', '~1.2', '500m', 'build7', 'release/1.2'),
] as const;
const version = fc.oneof(...styles);
/** Of one notation and few numbers, so that most are comparable, and one of any other. */
const versions = fc.tuple(fc.oneof(...styles.map((style) => fc.array(style, { minLength: 2, maxLength: 7 }))), version);

const opposite: Readonly<Record<VersionStep, VersionStep>> = { up: 'down', down: 'up', same: 'same', unknown: 'unknown' };
const options = { numRuns: fuzzRuns(3_000) };

describe('steps between versions', () => {
  it('are the opposite the other way', () => {
    void fc.assert(
      fc.property(version, version, (a, b) => {
        expect(versionStep(b, a)).toBe(opposite[versionStep(a, b)]);
      }),
      options,
    );
  });

  it('add up: what is above something is above all that is below it', () => {
    let chains = 0;
    void fc.assert(
      fc.property(versions, ([alike, other]) => {
        const all = [...alike, other];
        const upward = (a: string, b: string): boolean => ['up', 'same'].includes(versionStep(a, b));
        for (const a of all)
          for (const b of all.filter((each) => upward(a, each)))
            for (const c of all.filter((each) => upward(b, each))) {
              if (new Set([a, b, c]).size === 3) chains += 1;
              const flat = versionStep(a, b) === 'same' && versionStep(b, c) === 'same';
              expect(`${a} ${b} ${c} ${versionStep(a, c)}`).toBe(`${a} ${b} ${c} ${flat ? 'same' : 'up'}`);
            }
      }),
      options,
    );

    expect(chains).toBeGreaterThan(options.numRuns);
  });

  it('are those of semver where identifiers are words or numbers', () => {
    const identifier = fc.oneof(fc.constantFrom('alpha', 'beta', 'rc', 'RC'), small.map(String));
    const semver = fc.record({ core: fc.tuple(small, small, small), pre: fc.array(identifier, { maxLength: 3 }) });
    void fc.assert(
      fc.property(semver, semver, (a, b) => {
        const order = precedence(a, b);

        expect(versionStep(textOf(a), textOf(b))).toBe(order < 0 ? 'up' : order > 0 ? 'down' : 'same');
      }),
      options,
    );
  });
});

interface Semver {
  readonly core: readonly number[];
  readonly pre: readonly string[];
}

function textOf({ core, pre }: Semver): string {
  return core.join('.') + (pre.length === 0 ? '' : `-${pre.join('.')}`);
}

/** Semver 2.0.0, section 11, written anew. */
function precedence(a: Semver, b: Semver): number {
  const core = a.core.map((number, place) => number - b.core[place]!).find((difference) => difference !== 0);
  if (core !== undefined) return core;
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let place = 0; place < Math.min(a.pre.length, b.pre.length); place++) {
    const [left, right] = [a.pre[place]!, b.pre[place]!];
    if (left === right) continue;
    const [leftIsNumber, rightIsNumber] = [/^\d/.test(left), /^\d/.test(right)];
    if (leftIsNumber !== rightIsNumber) return leftIsNumber ? -1 : 1;
    return leftIsNumber ? Number(left) - Number(right) : left < right ? -1 : 1;
  }
  return a.pre.length - b.pre.length;
}

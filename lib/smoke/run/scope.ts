import type { Check } from '../suite/suite.ts';

/** The text of a variable. */
export interface Variable {
  readonly text: string;
  /** Whether it is taken out of everything that is told. */
  readonly secret: boolean;
}

/** By name; `expected.version` and `expected.digest` among them when the caller knows them. */
export type Variables = ReadonlyMap<string, Variable>;

/** The names that each check may use: the suite's variables, and what the checks that it depends on have captured, near and far. */
export interface Scopes {
  of(check: Check): ReadonlyMap<string, string>;
  /** Tells what a check has captured, before those that depend on it ask. */
  captured(check: Check, values: ReadonlyMap<string, string>): void;
}

export function scopesOf(variables: Variables): Scopes {
  const base: ReadonlyMap<string, string> = new Map([...variables].map(([name, { text }]) => [name, text]));
  const nothing: ReadonlyMap<string, string> = new Map();
  /** What a check hands on to those after it. */
  const handed = new Map<string, ReadonlyMap<string, string>>();
  const received = ({ dependsOn }: Check): ReadonlyMap<string, string> => {
    const known = dependsOn.map((name) => handed.get(name) ?? nothing).filter(({ size }) => size > 0);
    return known.length === 0 ? nothing : new Map(known.flatMap((each) => [...each]));
  };
  return {
    of(check) {
      const more = received(check);
      return more.size === 0 ? base : new Map([...base, ...more]);
    },
    captured(check, values) {
      const before = received(check);
      handed.set(check.name, values.size === 0 ? before : new Map([...before, ...values]));
    },
  };
}

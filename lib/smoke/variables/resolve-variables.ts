import { BadInputError, DeadlineError } from '../../platform/errors.ts';
import { mapLimit } from '../../platform/map-limit.ts';
import { nearestWord } from '../../schedule/nearest-word.ts';
import type { Variable, Variables } from '../run/scope.ts';
import { EXPECTED_NAMES, type Suite, type VariableSource } from '../suite/suite.ts';
import { clusterValues } from './cluster-values.ts';
import type { VariablePlaces } from './variable-places.ts';
import { VariablesError } from './variables-error.ts';

/** Reads in flight at once. */
const READS = 8;

/**
 * Reads every variable of a suite from where it is kept.
 * @throws BadInputError for names that the suite does not have, and when nothing but the input is wrong; VariablesError with all that cannot be read;
 *   DeadlineError that names what was waited for
 */
export async function resolveVariables(suite: Pick<Suite, 'variables'>, places: VariablePlaces, signal?: AbortSignal): Promise<Variables> {
  assertKnown(suite.variables, places.given);
  const read = reader(places);
  const failures: (readonly [string, unknown])[] = [];
  const values = await mapLimit(Object.entries(suite.variables), READS, async ([name, source]) => {
    try {
      const text = places.given.get(name) ?? (await read(source, signal));
      return [[name, { text, secret: source.secret }] as const];
    } catch (error) {
      if (signal?.reason instanceof DeadlineError) throw late(name, signal.reason);
      signal?.throwIfAborted();
      failures.push([name, error]);
      return [];
    }
  });
  if (failures.length > 0) throw failureOf(failures);
  return new Map<string, Variable>([...expected(places.given), ...values.flat()]);
}

function late(name: string, cause: DeadlineError): DeadlineError {
  return new DeadlineError(`variable ${name} has no value: it was not read before the time was up`, {
    cause,
    hint: 'look whether the place that it is kept in answers, or allow the suite a longer deadline',
  });
}

function expected(given: ReadonlyMap<string, string>): readonly (readonly [string, Variable])[] {
  return EXPECTED_NAMES.flatMap((name) => {
    const text = given.get(name);
    return text === undefined ? [] : [[name, { text, secret: false }] as const];
  });
}

/** A name that nothing reads is a mistake, and the run would go on with another value than was meant. */
function assertKnown(variables: Suite['variables'], given: ReadonlyMap<string, string>): void {
  const names = [...Object.keys(variables), ...EXPECTED_NAMES];
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearestWord(unknown, names);
  throw new BadInputError(`${unknown} is given a value, and the suite has no variable of that name`, {
    hint: near === undefined ? 'declare it under variables, as in `name: { value: ... }`, or leave it out' : `did you mean ${near}?`,
  });
}

function reader(places: VariablePlaces): (source: VariableSource, signal?: AbortSignal) => Promise<string> {
  const inCluster = clusterValues(places.cluster ?? (() => Promise.reject(unreadable('a cluster'))));
  return async (source, signal) => {
    switch (source.kind) {
      case 'value':
        return source.value;
      case 'given':
        throw new BadInputError('the caller has to give it, and did not', { hint: 'give it with --var, or in the event' });
      case 'env':
        return fromEnvironment(source.name, places.env);
      case 'configMap':
      case 'secret':
        return inCluster(source, signal);
      case 'ssm':
        return fromParameters(source, places, signal);
      case 'secretsManager': {
        if (!places.secrets) throw unreadable('Secrets Manager');
        return (
          await places.secrets.secret({ name: source.id, ...(source.key !== undefined && { jsonKey: source.key }) }, signal)
        ).reveal();
      }
      default:
        return source satisfies never;
    }
  };
}

async function fromParameters(
  { name, secret }: Extract<VariableSource, { kind: 'ssm' }>,
  { parameters }: VariablePlaces,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (!parameters) throw unreadable('Parameter Store');
  return secret ? (await parameters.secret(name, signal)).reveal() : parameters.get(name, signal);
}

function fromEnvironment(name: string, env: VariablePlaces['env']): string {
  if (!env)
    throw new BadInputError(`environment variables are not read here (${name})`, { hint: 'take it from SSM, or let the caller give it' });
  const value = env[name];
  if (value === undefined) throw new BadInputError(`the environment variable ${name} is not set`, { hint: `set ${name}` });
  return value;
}

function unreadable(place: string): BadInputError {
  return new BadInputError(`${place} is not known here`, { hint: `say how ${place} is reached, or give the variable a value` });
}

/** When nothing but the input is wrong, the caller has to change it; else trying again may help. */
function failureOf(failures: readonly (readonly [string, unknown])[]): Error {
  const all = new VariablesError(failures);
  if (!all.errors.every((error) => error instanceof BadInputError)) return all;
  return new BadInputError(all.message, { cause: all, ...(all.hint !== undefined && { hint: all.hint }) });
}

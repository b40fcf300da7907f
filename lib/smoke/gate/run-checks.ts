import { runSuite } from '../run/run-suite.ts';
import type { SuiteResult } from '../suite-result.ts';
import { resolveVariables } from '../variables/resolve-variables.ts';
import type { ExpectedRelease } from './expected-release.ts';
import type { ProofQuestion, ProofWorld } from './prove.ts';

interface Run {
  readonly world: ProofWorld;
  readonly deadlineMs: number;
}

type Question = ProofQuestion & Required<Pick<ProofQuestion, 'suite'>>;

/** Reads the values that a suite needs and runs its checks. @throws BadInputError, VariablesError */
export async function runChecks(
  { suite, given, target }: Question,
  expected: ExpectedRelease,
  { world, deadlineMs }: Run,
): Promise<SuiteResult> {
  const { clock, deadline, places, onlyCluster, openCluster, openProber } = world;
  const cluster = target?.cluster ?? onlyCluster;
  const values = await resolveVariables(
    suite,
    { ...places, given: givenOf(given, expected), ...(cluster !== undefined && { cluster: () => openCluster(cluster) }) },
    deadline.signal,
  );
  const prober = openProber(suite);
  try {
    return await runSuite(suite, { prober, values, clock, signal: deadline.signal, deadlineMs });
  } finally {
    prober.close();
  }
}

function givenOf(given: Readonly<Record<string, string>>, { version, digest }: ExpectedRelease): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(given),
    ...(version === undefined ? [] : [['expected.version', version] as const]),
    ...(digest === undefined ? [] : [['expected.digest', digest] as const]),
  ]);
}

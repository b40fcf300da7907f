import { BadInputError } from '../../lib/platform/errors.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import { nearestWord } from '../../lib/schedule/nearest-word.ts';
import type { Suite } from '../../lib/smoke/suite/suite.ts';
import type { SmokeConfig } from './config.ts';
import type { SmokeEvent, SmokeTarget } from './event.ts';
import type { StoredSuite } from './policy-document.ts';

/** What an event and the configuration say together. */
export interface Asked {
  readonly suite?: Suite;
  readonly target?: SmokeTarget;
  readonly app?: string;
}

/** How the application of a CodeDeploy deployment is found. */
export type ApplicationOf = (deploymentId: string) => Promise<string>;

/**
 * The suite and the workload that an event is about; what the event says stands above what is configured for the suite.
 * @throws BadInputError for a suite that is not configured or cannot be read; ParameterError
 */
export async function askedOf(event: SmokeEvent, config: SmokeConfig, applicationOf: ApplicationOf): Promise<Asked> {
  const named = event.codeDeployment === undefined ? event.suite : await suiteOfDeployment(event.codeDeployment, config, applicationOf);
  const stored = typeof named === 'string' ? storedSuite(named, config) : undefined;
  const suite = await suiteOf(named, stored, config.parameters);
  const target = event.target ?? stored?.target;
  const app = event.app ?? stored?.app;
  return { ...(suite && { suite }), ...(target && { target }), ...(app !== undefined && { app }) };
}

function storedSuite(name: string, { suites }: SmokeConfig): StoredSuite {
  const stored = Object.hasOwn(suites, name) ? suites[name] : undefined;
  if (stored !== undefined) return stored;
  const names = Object.keys(suites);
  const near = nearestWord(name, names);
  const known =
    names.length === 0 ? 'none is configured: add it to nightshift.yaml, under smoke.suites' : `configured: ${names.join(', ')}`;
  throw new BadInputError(`no suite is called ${name}`, { hint: near === undefined ? known : `did you mean ${near}?` });
}

async function suiteOf(
  named: SmokeEvent['suite'],
  stored: StoredSuite | undefined,
  parameters: ParameterSource,
): Promise<Suite | undefined> {
  if (named === undefined) return undefined;
  const { parseSuite } = await import('../../lib/smoke/suite/parse-suite.ts');
  if (typeof named !== 'string') return parseSuite(named, 'inline');
  if (stored?.suite !== undefined) return parseSuite(stored.suite, named);
  const pieces = await Promise.all((stored?.parameters ?? []).map((name) => parameters.get(name)));
  return parseSuite(jsonOf(pieces.join(''), named), named);
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInputError(`the stored suite ${name} is not JSON`, { hint: 'deploy again: its parameters are of different deployments' });
  }
}

async function suiteOfDeployment(id: string, { suites }: SmokeConfig, applicationOf: ApplicationOf): Promise<string> {
  const claimed = Object.entries(suites).filter(([, { codeDeploy }]) => codeDeploy !== undefined);
  const application = await applicationOf(id);
  const found = claimed.find(([, { codeDeploy }]) => codeDeploy?.includes(application));
  if (found !== undefined) return found[0];
  throw new BadInputError(`no suite belongs to the CodeDeploy application ${application}`, {
    hint: 'name the application in nightshift.yaml, under codeDeploy of a suite',
  });
}

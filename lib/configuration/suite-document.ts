import type { Suite } from '../smoke/suite/suite.ts';
import type { SuiteDocument } from './stage-smoke.ts';

/** @param value what the suite was read from, as `parseSuite` takes it */
export function suiteDocument({ variables }: Pick<Suite, 'variables'>, value: unknown): SuiteDocument {
  const sources = Object.values(variables);
  return {
    json: JSON.stringify(value),
    parameters: [...new Set(sources.flatMap((source) => (source.kind === 'ssm' ? [source.name] : [])))],
    secrets: [...new Set(sources.flatMap((source) => (source.kind === 'secretsManager' ? [source.id] : [])))],
  };
}

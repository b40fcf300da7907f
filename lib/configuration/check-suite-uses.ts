import type { Problem } from '../platform/schema-problems.ts';
import type { Suite } from '../smoke/suite/suite.ts';
import type { Configuration } from './schema.ts';
import type { SmokeSection } from './smoke-section.ts';
import { stagesOfSuite } from './suite-stages.ts';

type SuiteSection = SmokeSection['suites'][string];

export interface SuiteUses {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

interface Use {
  readonly path: readonly string[];
  readonly section: SuiteSection;
  readonly suite: Suite;
}

/**
 * Whether what suites need is there where `nightshift.yaml` uses them; paths are those of `nightshift.yaml`.
 * @param suites those that could be read, by the names of their files
 */
export function checkSuiteUses(file: Configuration, suites: ReadonlyMap<string, Suite>): SuiteUses {
  const uses = Object.entries(file.smoke?.suites ?? {}).flatMap(([name, section]): Use[] => {
    const suite = suites.get(section.file);
    return suite === undefined ? [] : [{ path: ['smoke', 'suites', name], section, suite }];
  });
  return {
    problems: uses.flatMap((use) => withoutCluster(use, file)),
    warnings: uses.flatMap((use) => [...signedForNothing(use, file), ...givenByNobody(use)]),
  };
}

/** ConfigMaps and Secrets are read from the target's cluster, or from the only one that a stage has. */
function withoutCluster({ path, section, suite }: Use, { stages, clusters }: Configuration): Problem[] {
  const names = Object.entries(suite.variables).flatMap(([name, { kind }]) => (kind === 'configMap' || kind === 'secret' ? [name] : []));
  if (names.length === 0 || section.target !== undefined) return [];
  return stagesOfSuite(section, Object.keys(stages), clusters).flatMap((stage) => {
    const count = clusters.filter((cluster) => cluster.stage === stage).length;
    if (count === 1) return [];
    const message = `reads ${names.join(', ')} from a cluster, and stage ${stage} has ${count}; say which in target`;
    return [{ path, message }];
  });
}

function signedForNothing({ path, suite }: Use, { smoke }: Configuration): Problem[] {
  const signed = suite.checks.filter(({ probe }) => probe.kind === 'http' && probe.auth?.kind === 'sigv4').map(({ name }) => name);
  if (signed.length === 0 || (smoke?.apis ?? []).length > 0) return [];
  return [{ path, message: `signs ${signed.join(', ')} with SigV4, and smoke.apis names nothing that the function may call` }];
}

/** An event of EventBridge and a hook of CodeDeploy bring no variables. */
function givenByNobody({ path, section, suite }: Use): Problem[] {
  const given = Object.entries(suite.variables).flatMap(([name, { kind }]) => (kind === 'given' ? [name] : []));
  if (given.length === 0) return [];
  return (['codeDeploy', 'on'] as const).flatMap((word) =>
    section[word] === undefined
      ? []
      : [{ path: [...path, word], message: `gives the suite no value for ${given.join(', ')}: it will fail` }],
  );
}

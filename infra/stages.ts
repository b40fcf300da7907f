import type { App } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { StageConfig } from '../lib/configuration/stage.ts';
import type { FunctionDefinition } from './functions/definition.ts';
import { NightshiftStack } from './stacks/nightshift-stack.ts';
import { SpokeStack } from './stacks/spoke-stack.ts';
import { TestEventsStack } from './stacks/test-events-stack.ts';

export interface StagesProps {
  readonly stages: readonly StageConfig[];
  readonly functions: readonly FunctionDefinition[];
  readonly codeOf: (job: string) => Code;
}

/** For each stage its own stack, `<name>-<stage>`, and a spoke stack for every other account and region that it has clusters in. */
export function addStages(app: App, { stages, functions, codeOf }: StagesProps): readonly NightshiftStack[] {
  return stages.map((stage) => {
    const { prefix, account, region } = stage;
    const env = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
    addSpokes(app, stage, functions);
    const { testEvents: registry } = stage;
    if (registry !== 'none') new TestEventsStack(app, `${prefix}-test-events`, { stage, functions, registry, env });
    return new NightshiftStack(app, prefix, { stage, functions, codeOf, env });
  });
}

function addSpokes(app: App, stage: StageConfig, functions: readonly FunctionDefinition[]): void {
  const places = new Map(
    stage.clusters.flatMap(({ access }) => (access.via === 'spoke' ? [[`${access.account}-${access.region}`, access] as const] : [])),
  );
  for (const [place, { account, region, externalId }] of places) {
    const clusters = stage.clusters.filter(
      ({ access }) => access.via === 'spoke' && access.account === account && access.region === region,
    );
    new SpokeStack(app, `${stage.prefix}-spoke-${place}`, { stage, functions, clusters, externalId, env: { account, region } });
  }
}

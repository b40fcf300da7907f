import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { FUNCTIONS } from '../../infra/functions/all.ts';
import type { FunctionDefinition } from '../../infra/functions/definition.ts';
import type { NightshiftStack } from '../../infra/stacks/nightshift-stack.ts';
import { addStages } from '../../infra/stages.ts';
import { readConfiguration } from '../../lib/configuration/read-configuration.ts';
import { type StageConfig, stagesOf } from '../../lib/configuration/stage.ts';

/** A stage with a cluster of its own, one in another account, and every route. */
export const wholeFile = `
version: 1
stages:
  dev: { account: "111122223333", region: eu-central-1 }
clusters:
  - { name: dev, stage: dev }
  - { name: far, stage: dev, account: "222233334444", region: us-east-1 }
sleep: { uptime: Mon-Fri 07:00-19:00 Europe/Berlin }
routes: { email: [ops@example.com], slack: { webhookParameter: /nightshift/slack-webhook } }
`;

/** The least that can be said: neither account nor region, no schedule, nobody to tell. */
export const leastFile = `
version: 1
stages: { dev: {} }
clusters: [{ name: dev, stage: dev }]
`;

/** Clusters each in an account of its own, and as many in the stage's. */
export function fleetFile(places: number): string {
  const numbers = Array.from({ length: places }, (_, index) => index);
  const far = numbers.map((index) => `  - { name: far-${index}, stage: dev, account: "${222_200_000_000 + index}" }`);
  const own = numbers.map((index) => `  - { name: own-${index}, stage: dev }`);
  return `
version: 1
stages: { dev: { account: "111122223333", region: eu-central-1 } }
clusters:
${[...far, ...own].join('\n')}
`;
}

/** Private clusters. */
export const vpcFile = `
version: 1
stages:
  prod:
    account: "111122223333"
    region: eu-central-1
    testEvents: existing
    vpc: { id: vpc-0a1b2c3d, availabilityZones: [eu-central-1a, eu-central-1b], subnets: [subnet-0a1b2c3d, subnet-0a1b2c3e] }
clusters: [{ name: private, stage: prod, accessEntry: none }]
`;

export function stagesIn(file: string): readonly StageConfig[] {
  const result = readConfiguration(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return stagesOf(result.configuration);
}

export interface Synthesised {
  /** Of the stack with the test events of the first stage; none where the stage wants none. */
  readonly testEvents: Template | undefined;
  readonly app: App;
  readonly stacks: readonly NightshiftStack[];
  readonly template: Template;
}

/** The stacks of a file, without building bundles. */
export function synthesise(file: string, functions: readonly FunctionDefinition[] = FUNCTIONS): Synthesised {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const stacks = addStages(app, {
    stages: stagesIn(file),
    functions,
    codeOf: () => Code.fromInline('export const handler = async () => ({});'),
  });
  const [first] = stacks;
  if (!first) throw new Error('the file has no stage');
  const events = app.node.tryFindChild(`${first.node.id}-test-events`);
  return { app, stacks, template: Template.fromStack(first), testEvents: events instanceof Stack ? Template.fromStack(events) : undefined };
}

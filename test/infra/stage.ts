import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { FUNCTIONS } from '../../infra/functions/all.ts';
import type { FunctionDefinition } from '../../infra/functions/definition.ts';
import type { NightshiftStack } from '../../infra/stacks/nightshift-stack.ts';
import { addStages } from '../../infra/stages.ts';
import { readConfiguration } from '../../lib/configuration/read-configuration.ts';
import { readSuites } from '../../lib/configuration/read-suites.ts';
import { type StageConfig, stagesOf } from '../../lib/configuration/stage.ts';
import type { SuiteDocuments } from '../../lib/configuration/stage-smoke.ts';

/** A suite that asks AWS for all that a suite can ask it for. */
export const wholeSuite = `
version: 1
variables:
  release: { from: "configMap shop/web-config#VERSION" }
  token: { from: ssm /shop/token }
  key: { from: "secretsManager shop/api#key" }
  pass: { from: "secretsManager arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/pass-a1B2c3" }
checks:
  - name: health
    http:
      url: "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod/health/{{release}}"
      headers: { x-token: "{{token}}", x-key: "{{key}}", x-pass: "{{pass}}" }
      auth: { sigv4: { service: execute-api, region: eu-central-1 } }
`;

/** A stage with a cluster of its own, one in another account, every route, and every word of smoke. */
export const wholeFile = `
version: 1
stages:
  dev: { account: "111122223333", region: eu-central-1 }
clusters:
  - { name: dev, stage: dev }
  - { name: far, stage: dev, account: "222233334444", region: us-east-1 }
sleep: { uptime: Mon-Fri 07:00-19:00 Europe/Berlin }
routes: { email: [ops@example.com], slack: { webhookParameter: /nightshift/slack-webhook } }
smoke:
  suites:
    shop:
      file: smoke/whole.yaml
      app: shop
      target: { cluster: dev, namespace: shop, name: web }
      codeDeploy: [shop]
      on:
        - { source: [aws.codedeploy], detailType: [CodeDeploy Deployment State-change Notification], detail: { state: [SUCCESS] } }
        - { source: [shop.pipeline] }
    other: { file: smoke/whole.yaml, target: { cluster: dev, namespace: shop, kind: StatefulSet, name: db } }
  allow: [169.254.20.10/32]
  url: { tokenParameter: /nightshift/smoke-token }
  repositories: ["arn:aws:ecr:eu-central-1:111122223333:repository/shop"]
  apis:
    - arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/prod/GET/health
    - arn:aws:lambda:eu-central-1:111122223333:function:health
    - arn:aws:vpc-lattice-svcs:eu-central-1:111122223333:service/svc-0a1b2c3d4e5f6a7b8/*
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

/** The suites of a file, from files that would be there. */
export async function suitesIn(file: string, files: Readonly<Record<string, string>>): Promise<SuiteDocuments> {
  const result = readConfiguration(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const suites = await readSuites(result, async (name) => files[name] ?? Promise.reject(new Error(`no ${name}`)));
  if (!suites.ok) throw new Error(JSON.stringify(suites.problems[0]));
  return suites.documents;
}

const suites = await suitesIn(wholeFile, { 'smoke/whole.yaml': wholeSuite });

/** @param documents suites that `file` names beside that of `wholeFile` */
export function stagesIn(file: string, documents: SuiteDocuments = new Map()): readonly StageConfig[] {
  const result = readConfiguration(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return stagesOf(result.configuration, new Map([...suites, ...documents]));
}

export interface Synthesised {
  /** Of the stack with the test events of the first stage; none where the stage wants none. */
  readonly testEvents: Template | undefined;
  readonly app: App;
  readonly stacks: readonly NightshiftStack[];
  readonly template: Template;
}

/** The stacks of a file, without building bundles. */
export function synthesise(
  file: string,
  functions: readonly FunctionDefinition[] = FUNCTIONS,
  documents: SuiteDocuments = new Map(),
): Synthesised {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const stacks = addStages(app, {
    stages: stagesIn(file, documents),
    functions,
    codeOf: () => Code.fromInline('export const handler = async () => ({});'),
  });
  const [first] = stacks;
  if (!first) throw new Error('the file has no stage');
  const events = app.node.tryFindChild(`${first.node.id}-test-events`);
  return { app, stacks, template: Template.fromStack(first), testEvents: events instanceof Stack ? Template.fromStack(events) : undefined };
}

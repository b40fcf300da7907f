import { describe, expect, it } from 'vitest';
import { deployedResources } from '../support/iam/template-resources.ts';
import { eventSchemaOf } from './event-schemas.ts';
import { leastFile, suitesIn, synthesise } from './stage.ts';
import { hub, hubResources, prefix, propertiesOf } from './whole-stage.ts';

const { account, region } = hub;
const name = `${prefix}-post-deploy-smoke`;
const functionArn = `arn:aws:lambda:${region}:${account}:function:${name}`;
const ruleArn = (rule: unknown): string => `arn:aws:events:${region}:${account}:rule/${rule}`;

interface Target {
  readonly Arn: string;
  readonly InputTransformer: { readonly InputPathsMap: Readonly<Record<string, string>>; readonly InputTemplate: string };
  readonly DeadLetterConfig: { readonly Arn: string };
  readonly RetryPolicy: unknown;
}

const rules = propertiesOf(hubResources, 'AWS::Events::Rule');
const targets = rules.flatMap(({ Targets }) => Targets as readonly Target[]);

describe('the events after which a suite runs', () => {
  it('are rules with the patterns of the file, switched on', () => {
    expect(rules.map(({ Name, State, EventPattern }) => [Name, State, EventPattern])).toEqual([
      [
        `${name}-shop-1`,
        'ENABLED',
        { source: ['aws.codedeploy'], 'detail-type': ['CodeDeploy Deployment State-change Notification'], detail: { state: ['SUCCESS'] } },
      ],
      [`${name}-shop-2`, 'ENABLED', { source: ['shop.pipeline'] }],
    ]);
  });

  it('give the function an event that its schema accepts, and nothing of what they hold themselves', () => {
    expect(targets).toHaveLength(rules.length);
    for (const { Arn, InputTransformer } of targets) {
      const [[name = '', path] = []] = Object.entries(InputTransformer.InputPathsMap);
      const event: unknown = JSON.parse(InputTransformer.InputTemplate.replace(`<${name}>`, '"17793124-05d4-b198-2fde-7ededc63b103"'));

      expect(Arn).toBe(functionArn);
      // EventBridge may deliver twice; by the id of the event both are one run.
      expect(path).toBe('$.id');
      expect(event).toEqual({ suite: 'shop', runId: '17793124-05d4-b198-2fde-7ededc63b103' });
      expect(eventSchemaOf('post-deploy-smoke').safeParse(event)).toMatchObject({ success: true });
    }
  });

  it('are tried for minutes, and kept in the queue of what was not delivered', () => {
    for (const { RetryPolicy, DeadLetterConfig } of targets) {
      expect(RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 5 });
      expect(DeadLetterConfig.Arn).toBe(`arn:aws:sqs:${region}:${account}:${name}-undelivered`);
    }
  });

  it('may invoke the function, each rule by its own permission, and no other rule may', () => {
    const permissions = propertiesOf(hubResources, 'AWS::Lambda::Permission').filter(
      ({ Principal }) => Principal === 'events.amazonaws.com',
    );

    expect(permissions).toEqual(
      rules.map(({ Name }) => ({
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'events.amazonaws.com',
        SourceArn: ruleArn(Name),
      })),
    );
  });

  it('have rules whose names AWS takes, and that stay apart, however long the names of suites are', async () => {
    const long = 'the-suite-of-the-shop-that-sells-everything-to-everybody';
    const suites = [`${long}-a`, `${long}-b`].map((suite) => `    ${suite}: { file: a.yaml, on: [{ source: [x] }, { source: [y] }] }`);
    const text = `${leastFile}smoke:\n  suites:\n${suites.join('\n')}\n`;
    const documents = await suitesIn(text, { 'a.yaml': 'version: 1\nchecks: [{ name: a, http: { url: "https://example.com" } }]' });

    const made = deployedResources(synthesise(text, undefined, documents).template, hub);
    const names = propertiesOf(made, 'AWS::Events::Rule').map(({ Name }) => String(Name));

    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
    for (const each of names) expect(each).toMatch(/^nightshift-dev-post-deploy-smoke-the-suite[\w.-]{0,64}$/);
    expect(names.filter((each) => each.length > 64)).toEqual([]);
  });

  it('are none where the file names none', () => {
    expect(propertiesOf(deployedResources(synthesise(leastFile).template, hub), 'AWS::Events::Rule')).toEqual([]);
  });
});

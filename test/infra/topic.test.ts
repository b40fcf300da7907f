import { describe, expect, it } from 'vitest';
import { ALARM_KINDS } from '../../infra/constructs/alarm-rules.ts';
import { evaluateFor, type Verdict } from '../../sandbox/aws/iam/evaluate.ts';
import type { Asker } from '../../sandbox/aws/iam/principal.ts';
import { readResourcePolicy } from '../../sandbox/aws/iam/read-resource-policy.ts';
import { functions, hub, hubResources, jobs, prefix, propertiesOf } from './whole-stage.ts';

const { account, region } = hub;
const topic = `arn:aws:sns:${region}:${account}:${prefix}-alerts`;
const alarmArn = (name: string, owner = account): string => `arn:aws:cloudwatch:${region}:${owner}:alarm:${name}`;
const cloudWatch: Asker = { kind: 'service', name: 'cloudwatch.amazonaws.com' };
const alarms = propertiesOf(hubResources, 'AWS::CloudWatch::Alarm');

interface Publication {
  readonly asker?: Asker;
  readonly to?: string;
  readonly alarm?: string;
  readonly owner?: string;
  readonly tls?: boolean;
}

/** What the policies of a topic say to somebody who would publish to it. */
function publish({ asker = cloudWatch, to = topic, alarm = `${prefix}-any`, owner = account, tls = true }: Publication): Verdict {
  const policies = propertiesOf(hubResources, 'AWS::SNS::TopicPolicy').filter(({ Topics }) => (Topics as readonly string[]).includes(to));
  const statements = policies.flatMap(({ PolicyDocument }) => readResourcePolicy(PolicyDocument, `policy of ${to}`));
  const context = { 'aws:SourceAccount': owner, 'aws:SourceArn': alarmArn(alarm, owner), 'aws:SecureTransport': String(tls) };
  return evaluateFor(asker, statements, { action: 'sns:Publish', resource: to, context });
}

describe('the topic of the alarms', () => {
  it('is the only one, and people hear of it', () => {
    expect(propertiesOf(hubResources, 'AWS::SNS::Topic')).toMatchObject([{ TopicName: `${prefix}-alerts` }]);
    expect(propertiesOf(hubResources, 'AWS::SNS::Subscription')).toEqual([
      { TopicArn: topic, Protocol: 'email', Endpoint: 'ops@example.com' },
    ]);
  });

  it('is told by every alarm when it is raised and when it is over, and CloudWatch may tell it', () => {
    const quiet = functions.filter(({ heartbeatHours }) => heartbeatHours === undefined);

    expect(quiet).not.toHaveLength(jobs.length);
    expect(alarms).toHaveLength(jobs.length * ALARM_KINDS.length - quiet.length);
    for (const { AlarmName, AlarmActions, OKActions, ActionsEnabled } of alarms) {
      const alarm = String(AlarmName);

      expect({ alarm, AlarmActions, OKActions }).toEqual({ alarm, AlarmActions: [topic], OKActions: [topic] });
      expect(ActionsEnabled, alarm).not.toBe(false);
      expect(publish({ alarm }), alarm).toBe('allowed');
    }
  });

  it.each<[string, Publication]>([
    ['alarms of another account', { owner: '999988887777' }],
    ['alarms of another stage', { alarm: 'nightshift-prod-scale-dev-nightly-errors' }],
    ['another service', { asker: { kind: 'service', name: 'events.amazonaws.com' } }],
    ['another account', { asker: { kind: 'identity', arn: 'arn:aws:iam::999988887777:root' } }],
    ['another topic', { to: `${topic}-2` }],
  ])('is not opened to %s', (_, publication) => {
    expect(publish(publication)).toBe('not allowed');
  });

  it('takes nothing without TLS, from nobody', () => {
    const asker: Asker = { kind: 'identity', arn: `arn:aws:iam::${account}:user/me` };

    expect(publish({ tls: false })).toBe('explicitly denied');
    expect(publish({ asker, tls: false })).toBe('explicitly denied');
  });
});

import { describe, expect, it } from 'vitest';
import { type Deployment, resolveIntrinsics } from '../../../support/iam/resolve-intrinsics.ts';

const deployment: Deployment = {
  region: 'eu-central-1',
  account: '000000000000',
  resources: {
    State: { ref: 'nightshift-state', attributes: { Arn: 'arn:aws:s3:::nightshift-state', 'Endpoint.Address': 'here' } },
    Topic: { ref: 'arn:aws:sns:eu-central-1:000000000000:failed' },
  },
};
/** `<Name>` for what CloudFormation writes as a variable; written out, it would look like a template literal gone wrong. */
const sub = (text: string): string => text.replaceAll(/<(.+?)>/g, '$${$1}');

describe('a value of a template', () => {
  it.each([
    ['text', 's3:GetObject', 's3:GetObject'],
    ['a number', 7, 7],
    ['nothing', null, null],
    ['a Ref', { Ref: 'State' }, 'nightshift-state'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['an attribute', { 'Fn::GetAtt': ['State', 'Arn'] }, 'arn:aws:s3:::nightshift-state'],
    ['an attribute as YAML has it', { 'Fn::GetAtt': 'State.Endpoint.Address' }, 'here'],
    ['a Join', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['State', 'Arn'] }, '/runs/*']] }, 'arn:aws:s3:::nightshift-state/runs/*'],
    [
      'a Join of pseudo parameters',
      { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'ssm', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, 'parameter/x']] },
      'arn:aws:ssm:eu-central-1:000000000000:parameter/x',
    ],
    ['a Sub', { 'Fn::Sub': sub('sts.<AWS::Region>.<AWS::URLSuffix>') }, 'sts.eu-central-1.amazonaws.com'],
    ['a Sub of an attribute', { 'Fn::Sub': sub('<State.Arn>/*') }, 'arn:aws:s3:::nightshift-state/*'],
    [
      'a Sub with values of its own',
      { 'Fn::Sub': [sub('<Name>/<State>'), { Name: { Ref: 'Topic' } }] },
      `${deployment.resources.Topic?.ref}/nightshift-state`,
    ],
    ['a Sub with a literal', { 'Fn::Sub': sub('<!aws:username>') }, sub('<aws:username>')],
    [
      'a policy, down to its last field',
      { Statement: [{ Effect: 'Allow', Resource: [{ Ref: 'Topic' }, '*'], Condition: { Bool: { 'aws:SecureTransport': true } } }] },
      {
        Statement: [
          { Effect: 'Allow', Resource: [deployment.resources.Topic?.ref, '*'], Condition: { Bool: { 'aws:SecureTransport': true } } },
        ],
      },
    ],
  ])('is resolved: %s', (_, value, expected) => {
    expect(resolveIntrinsics(value, deployment)).toEqual(expected);
  });

  it.each([
    ['another intrinsic', { 'Fn::Select': [0, []] }, 'the intrinsic Fn::Select is not resolved here'],
    ['an import', [{ Statement: { 'Fn::ImportValue': 'other' } }], 'Fn::ImportValue'],
    ['a resource that was not deployed', { Ref: 'Gone' }, 'Ref Gone'],
    ['a pseudo parameter without a value', { Ref: 'AWS::NoValue' }, 'Ref AWS::NoValue'],
    ['an attribute of nothing', { 'Fn::GetAtt': ['Gone', 'Arn'] }, 'Fn::GetAtt Gone.Arn'],
    ['an attribute that it does not have', { 'Fn::GetAtt': ['Topic', 'Arn'] }, 'Fn::GetAtt Topic.Arn'],
    ['a variable of nothing', { 'Fn::Sub': sub('a-<Gone>') }, 'Ref Gone'],
    ['a Join without a list', { 'Fn::Join': ['', { Ref: 'State' }] }, 'Fn::Join takes'],
    ['a Sub with a list for a map', { 'Fn::Sub': ['x', ['y']] }, 'Fn::Sub takes a map'],
    ['a Ref to no text', { Ref: 7 }, 'Ref takes a text'],
    ['an intrinsic beside other fields', { Ref: 'State', Effect: 'Allow' }, 'Ref stands beside other fields'],
  ])('is refused: %s', (_, value, why) => {
    expect(() => resolveIntrinsics(value, deployment)).toThrow(why);
  });
});

import { describe, expect, it } from 'vitest';
import { URL_TOKEN_PARAMETER_VARIABLE } from '../../functions/post-deploy-smoke/config.ts';
import { evaluate } from '../../sandbox/aws/iam/evaluate.ts';
import { readPolicy } from '../../sandbox/aws/iam/read-policy.ts';
import { rolePolicies } from '../support/iam/policies-in-template.ts';
import { resourcesOf, type TemplateResources } from '../support/iam/template-resources.ts';
import { leastFile, synthesise, vpcFile, wholeFile } from './stage.ts';
import { hub, hubResources, one, prefix, propertiesOf } from './whole-stage.ts';

const { account, region } = hub;
const name = `${prefix}-post-deploy-smoke`;
const functionArn = `arn:aws:lambda:${region}:${account}:function:${name}`;
const token = `arn:aws:ssm:${region}:${account}:parameter/nightshift/smoke-token`;

function environmentOf(resources: TemplateResources): Readonly<Record<string, unknown>> {
  const { Environment } = one(resources, 'AWS::Lambda::Function', 'FunctionName', name);
  return (Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
}

/** Permissions that stand open to everybody. */
function open(resources: TemplateResources): readonly unknown[] {
  return propertiesOf(resources, 'AWS::Lambda::Permission').filter(({ Principal }) => Principal === '*');
}

describe('the URL of post-deploy-smoke', () => {
  it('is the only one, for callers that cannot sign', () => {
    expect(propertiesOf(hubResources, 'AWS::Lambda::Url')).toEqual([{ AuthType: 'NONE', TargetFunctionArn: functionArn }]);
  });

  it('is all that is open to everybody: the function itself is called by nobody without rights', () => {
    expect(open(hubResources)).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', FunctionName: functionArn, FunctionUrlAuthType: 'NONE', Principal: '*' },
      { Action: 'lambda:InvokeFunction', FunctionName: functionArn, InvokedViaFunctionUrl: true, Principal: '*' },
    ]);
  });

  it('comes with the name of the token that callers show, and with the right to read it', () => {
    const statements = rolePolicies(hubResources, name).flatMap((policy) => readPolicy(policy));

    expect(environmentOf(hubResources)[URL_TOKEN_PARAMETER_VARIABLE]).toBe('/nightshift/smoke-token');
    expect(evaluate(statements, { action: 'ssm:GetParameter', resource: token })).toBe('allowed');
  });

  it('is told by the stack', () => {
    const outputs = Object.values(synthesise(wholeFile).template.findOutputs('*')) as readonly { readonly Description?: string }[];

    expect(outputs.filter(({ Description }) => Description?.includes('URL'))).toHaveLength(1);
  });
});

describe.each([
  ['the least stage', leastFile],
  ['a stage in a VPC', vpcFile],
  ['a stage with suites and no url', wholeFile.replace(/^ {2}url:.*\n/m, '')],
])('%s', (_, file) => {
  const resources = resourcesOf(synthesise(file).template);

  it('has no URL, stands open to nobody, and its function would refuse one', () => {
    expect(propertiesOf(resources, 'AWS::Lambda::Url')).toEqual([]);
    expect(open(resources)).toEqual([]);
    expect(JSON.stringify(resources)).not.toContain(URL_TOKEN_PARAMETER_VARIABLE);
  });
});

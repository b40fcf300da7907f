import { describe, expect, it } from 'vitest';
import { compareDeployment, stillThere } from '../../../support/aws/compare-deployment.ts';
import type { DeployedResource, DeployedStack } from '../../../support/aws/deployed-stack.ts';
import { type MotoApi, MotoError } from '../../../support/aws/moto.ts';

/** An emulator that knows one log group. */
const moto: MotoApi = {
  endpoint: 'http://127.0.0.1:1',
  caller: { region: 'eu-west-1', accessKeyId: 'testing', secretAccessKey: 'testing' },
  json: async (service) => {
    if (service !== 'logs') throw new MotoError(service, 400, '{"__type": "QueueDoesNotExist"}');
    return { logGroups: [{ logGroupName: 'made', retentionInDays: 7 }] };
  },
  query: async (service) => Promise.reject(new MotoError(service, 500, 'out of order')),
  rest: async () => ({}),
};

function aResource(resource: Partial<DeployedResource>): DeployedResource {
  return { logicalId: 'Log', type: 'AWS::Logs::LogGroup', properties: {}, physicalId: 'made', retained: false, ...resource };
}

function aStack(...resources: readonly DeployedResource[]): DeployedStack {
  const none = (): never => {
    throw new Error('not asked for');
  };
  return { resources, outputs: {}, one: none, all: none };
}

describe('compareDeployment', () => {
  it('puts what the emulator has beside what the template says, property by property', async () => {
    const stack = aStack(aResource({ properties: { LogGroupName: 'made', RetentionInDays: 30 } }));

    expect(await compareDeployment(moto, stack)).toEqual({
      template: { Log: { LogGroupName: 'made', RetentionInDays: 30 } },
      emulator: { Log: { LogGroupName: 'made', RetentionInDays: 7 } },
    });
  });

  it('shows a property of the template that nothing reads back', async () => {
    const stack = aStack(aResource({ properties: { KmsKeyId: 'key' } }));

    expect((await compareDeployment(moto, stack)).emulator).toEqual({ Log: { KmsKeyId: undefined } });
  });

  it('leaves out what the emulator passes over', async () => {
    const stack = aStack(aResource({ type: 'AWS::CloudWatch::Alarm', physicalId: undefined }));

    expect(await compareDeployment(moto, stack)).toEqual({ template: {}, emulator: {} });
  });

  it('fails for a type that nothing reads back', async () => {
    const stack = aStack(aResource({ logicalId: 'Stream', type: 'AWS::Kinesis::Stream' }));

    await expect(compareDeployment(moto, stack)).rejects.toThrow('Stream: nothing reads AWS::Kinesis::Stream back');
  });

  it('fails for a resource that was not made', async () => {
    await expect(compareDeployment(moto, aStack(aResource({ physicalId: undefined })))).rejects.toThrow(
      'the emulator made no AWS::Logs::LogGroup',
    );
  });
});

describe('stillThere', () => {
  it('tells what is gone from what is there', async () => {
    const resources = [
      aResource({}),
      aResource({ logicalId: 'Gone', physicalId: 'gone' }),
      aResource({ logicalId: 'Queue', type: 'AWS::SQS::Queue' }),
    ];

    expect(await stillThere(moto, resources)).toEqual({ Log: true, Gone: false, Queue: false });
  });

  it('takes no other failure for an answer', async () => {
    await expect(stillThere(moto, [aResource({ type: 'AWS::SNS::Topic' })])).rejects.toThrow('sns: 500 out of order');
  });
});

import type { Permission } from './permission.ts';

/** What EventBridge Scheduler needs to ask a function, and to keep what it could not deliver. */
export function schedulerPermissions(functionArn: string, queueArn: string): readonly Permission[] {
  return [
    {
      sid: 'AskFunction',
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn],
      reason:
        'the Scheduler sends the event to the function; to no version or alias of it, which the construct of the CDK would allow as well',
    },
    {
      sid: 'KeepUndelivered',
      actions: ['sqs:SendMessage'],
      resources: [queueArn],
      reason: 'the Scheduler keeps events that it could not deliver',
    },
  ];
}

import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import { TestEvents } from '../constructs/test-events.ts';
import type { FunctionDefinition } from '../functions/definition.ts';

export interface TestEventsStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly functions: readonly FunctionDefinition[];
  readonly registry: 'create' | 'existing';
}

/**
 * The test events of a stage's functions. A stack of its own, because their registry belongs to the account and may be there already: what
 * fails for that must not take the functions along.
 */
export class TestEventsStack extends Stack {
  constructor(scope: Construct, id: string, { stage, functions, registry, ...props }: TestEventsStackProps) {
    super(scope, id, { description: `Nightshift, stage ${stage.stage}: test events for the Lambda console`, ...props });
    const events = functions.map(({ job, testEvents }) => [`${stage.prefix}-${job}`, testEvents] as const);
    new TestEvents(this, 'TestEvents', { registry, events: Object.fromEntries(events) });
  }
}

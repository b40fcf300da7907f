import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';

/** Where the Lambda console looks for shareable test events; one per account and region, whoever made it. */
const REGISTRY = 'lambda-testevent-schemas';

export interface TestEventsProps {
  /** `existing` when the registry is there already. */
  readonly registry: 'create' | 'existing';
  /** By function name, then by the name that the console shows. */
  readonly events: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Test events that everyone with access to a function finds in its console: a manual run is a click. */
export class TestEvents extends Construct {
  constructor(scope: Construct, id: string, { registry, events }: TestEventsProps) {
    super(scope, id);
    const made =
      registry === 'create'
        ? new CfnRegistry(this, 'Registry', { registryName: REGISTRY, description: 'Shareable test events of the Lambda console' })
        : undefined;
    // Others may have put events of theirs into it.
    made?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    for (const [functionName, examples] of Object.entries(events)) {
      const schema = new CfnSchema(this, functionName, {
        registryName: REGISTRY,
        schemaName: `_${functionName}-schema`,
        type: 'OpenApi3',
        content: JSON.stringify(openApi(examples)),
      });
      if (made) schema.addResourceDependency(made);
    }
  }
}

/** The form that the console itself writes: the events are the examples. */
function openApi(examples: Readonly<Record<string, unknown>>): unknown {
  return {
    openapi: '3.0.0',
    info: { version: '1.0.0', title: 'Event' },
    paths: {},
    components: {
      schemas: { Event: { type: 'object' } },
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  };
}

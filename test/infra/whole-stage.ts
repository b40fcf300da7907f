import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import type { FunctionDefinition } from '../../infra/functions/definition.ts';
import { deployedResources, type Surroundings, type TemplateResource, type TemplateResources } from '../support/iam/template-resources.ts';
import { synthesise, wholeFile } from './stage.ts';

/** A function that nobody wrote yet: what the stack gives to every function it has to give to this one as well. */
const fifth: FunctionDefinition = {
  job: 'fifth-function',
  summary: 'stands for the next function',
  memoryMb: 256,
  timeoutMinutes: 1,
  heartbeatHours: 26,
  policyDocuments: () => ['{}'],
  environment: () => ({ FIFTH: 'yes' }),
  permissions: () => [],
  schedules: () => [{ name: 'daily', description: 'at noon', minute: '0', hour: '12', weekDay: '*', timeZone: 'UTC' }],
  testEvents: { empty: {} },
  dashboard: [],
};

export const functions: readonly FunctionDefinition[] = [...FUNCTIONS, fifth];
export const jobs: readonly string[] = functions.map(({ job }) => job);
/** Of the names of everything. */
export const prefix = 'nightshift-dev';
/** Where `wholeFile` says that its stage is. */
export const hub: Surroundings = { account: '111122223333', region: 'eu-central-1' };
/** Where its other cluster is. */
export const spoke: Surroundings = { account: '222233334444', region: 'us-east-1' };

export const { app, stacks, template, testEvents } = synthesise(wholeFile, functions);

/** The stack of that name as it is once it is deployed. */
function deployed(stackName: string, where: Surroundings): TemplateResources {
  const stack = app.node.findChild(stackName);
  if (!(stack instanceof Stack)) throw new Error(`${stackName} is no stack`);
  return deployedResources(Template.fromStack(stack), where);
}

export const hubResources = deployed(prefix, hub);
export const spokeResources = deployed(`${prefix}-spoke-${spoke.account}-${spoke.region}`, spoke);

export type Properties = TemplateResource['Properties'];

/** The properties of all resources of a type. */
export function propertiesOf(resources: TemplateResources, type: string): readonly Properties[] {
  return Object.values(resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

/** The one resource of a type that has this value of a property. */
export function one(resources: TemplateResources, type: string, property: string, value: unknown): Properties {
  const found = propertiesOf(resources, type).filter((each) => each[property] === value);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources of ${type} have the ${property} ${value}`);
  return found[0];
}

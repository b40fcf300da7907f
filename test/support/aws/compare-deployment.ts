import type { DeployedResource, DeployedStack } from './deployed-stack.ts';
import { type Json, type MotoApi, MotoError } from './moto.ts';
import { isPassedOver } from './passed-over.ts';
import { RESOURCE_READERS, type ResourceReader } from './resource-readers.ts';

/** By logical id: the properties that the emulator should have taken, and those that it has. */
export interface Comparison {
  readonly template: Readonly<Record<string, Json>>;
  readonly emulator: Readonly<Record<string, Json>>;
}

/**
 * Every resource of a stack that the emulator makes, read back: whatever the template says of it and the emulator does not pass over.
 * @throws Error for a resource of a type that has no reader and is not passed over either
 */
export async function compareDeployment(moto: MotoApi, { resources }: DeployedStack): Promise<Comparison> {
  const pairs = await Promise.all(
    resources
      .filter(({ type }) => !isPassedOver(type))
      .map(async (resource) => [resource.logicalId, wanted(resource), await found(moto, resource)] as const),
  );
  return {
    template: Object.fromEntries(pairs.map(([id, properties]) => [id, properties])),
    emulator: Object.fromEntries(pairs.map(([id, , properties]) => [id, properties])),
  };
}

/** Whether each resource is still there: `true` by logical id. */
export async function stillThere(moto: MotoApi, resources: readonly DeployedResource[]): Promise<Readonly<Record<string, boolean>>> {
  const made = resources.filter(({ type }) => !isPassedOver(type));
  return Object.fromEntries(await Promise.all(made.map(async (resource) => [resource.logicalId, await exists(moto, resource)] as const)));
}

/** @throws Error for any other failure than that there is none */
async function exists(moto: MotoApi, resource: DeployedResource): Promise<boolean> {
  try {
    return Object.values(await read(moto, resource)).some((value) => value !== undefined);
  } catch (error) {
    const code = error instanceof MotoError ? error.code : error instanceof Error ? error.name : '';
    if (/NoSuch|NotFound|NonExistent|DoesNotExist|QueueDoesNotExist/.test(code)) return false;
    throw error;
  }
}

function wanted({ type, properties }: DeployedResource): Json {
  return Object.fromEntries(Object.entries(properties).filter(([property]) => !isPassedOver(type, property)));
}

async function found(moto: MotoApi, resource: DeployedResource): Promise<Json> {
  const properties = await read(moto, resource);
  return Object.fromEntries(Object.keys(wanted(resource)).map((property) => [property, properties[property]]));
}

function read(moto: MotoApi, { logicalId, type, physicalId, properties }: DeployedResource): Promise<Json> {
  const reader: ResourceReader | undefined = RESOURCE_READERS[type];
  if (!reader) throw new Error(`${logicalId}: nothing reads ${type} back, and it is not among what the emulator passes over`);
  if (physicalId === undefined) throw new Error(`${logicalId}: the emulator made no ${type}`);
  return reader(moto, { physicalId, properties });
}

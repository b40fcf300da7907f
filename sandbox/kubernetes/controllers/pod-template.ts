import { createHash } from 'node:crypto';
import type { ApiObject } from '../api-object.ts';
import { at, clone, isJsonObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { createObject } from '../verbs/create.ts';
import { deleteObject } from '../verbs/delete.ts';
import type { World } from '../verbs/world.ts';
import { CONTROLLER_MANAGER, ownerReference } from './controller.ts';

const ALPHABET = 'bcdf456789';

/** A short hash of a pod template that is the same for the same template, whatever the order of its fields. */
export function templateHash(template: Json | undefined): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(sorted(template ?? null)))
    .digest();
  return [...digest.subarray(0, 10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** Makes a pod from the owner's template. */
export function createPod(world: World, owner: ApiObject, identity: JsonObject, labels: JsonObject = {}): void {
  const template = objectAt(owner, 'spec', 'template') ?? {};
  const metadata = clone<JsonObject>(objectAt(template, 'metadata') ?? {});
  const pod = {
    metadata: {
      ...metadata,
      labels: { ...objectAt(metadata, 'labels'), ...labels },
      ...identity,
      ownerReferences: [ownerReference(owner)],
    },
    spec: clone<JsonObject>(objectAt(template, 'spec') ?? {}),
  };
  createObject(world, builtin('pods'), owner.metadata.namespace, pod, CONTROLLER_MANAGER);
}

export function deletePod(world: World, pod: ApiObject): void {
  if (pod.metadata.deletionTimestamp) return;
  deleteObject(world, builtin('pods'), pod.metadata.namespace, pod.metadata.name, {});
}

export function isReady(pod: ApiObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
}

/** Pods that count: not going away, not finished. */
export function isActive(pod: ApiObject): boolean {
  const phase = at(pod, 'status', 'phase');
  return pod.metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

import type { KindName } from '../../../../lib/sleep/kinds/kinds.ts';
import type { ModelObject } from '../../../support/model-cluster.ts';
import { builders } from '../../../support/workloads.ts';
import type { Flavour } from './flavours.ts';

export const record = 'downscaler/original-replicas';

/** How an object stands when the history begins. */
export type Start = 'awake' | 'asleep' | 'half woken' | 'stale record' | 'scaled up asleep' | 'garbled';

export interface ObjectWish {
  readonly kind: KindName;
  readonly flavour: Flavour;
  /** What it is when awake; of a CronJob 0 means suspended by a person. */
  readonly size: number;
  readonly start: Start;
  readonly format: 'py' | 'go';
  readonly owned: boolean;
  /** Its name is one that the policy excludes. */
  readonly filtered: boolean;
}

export function sizeOf({ kind, spec }: ModelObject): number {
  return kind === 'CronJob' ? Number(!spec?.suspend) : Number(spec?.replicas);
}

export function specOf(kind: string | undefined, size: number): Readonly<Record<string, unknown>> {
  return kind === 'CronJob' ? { suspend: size === 0 } : { replicas: size };
}

/** The record as py-kube-downscaler and GoKubeDownscaler write it. */
export function recordText(kind: KindName, size: number, format: 'py' | 'go'): string {
  return kind === 'CronJob' && format === 'go' ? String(size === 0) : String(size);
}

/** The record when it can be read. */
export function recordOf({ kind, metadata }: ModelObject): number | undefined {
  const text = metadata?.annotations?.[record];
  if (kind === 'CronJob') return text === '1' || text === 'false' ? 1 : text === 'true' ? 0 : undefined;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export function objectOf(wish: ObjectWish, namespace: string, number: number): ModelObject {
  const { kind, flavour, start, owned, filtered } = wish;
  const { size, original } = startOf(wish);
  return builders[kind]({
    namespace,
    name: filtered ? 'downscaler' : `w${number}`,
    size,
    annotations: { ...flavour.annotations, ...(original !== undefined && { [record]: start === 'garbled' ? '50%' : original }) },
    ...(owned && { ownedBy: 'Operator/op' }),
  }) as unknown as ModelObject;
}

function startOf({ kind, size, start, format }: ObjectWish): { readonly size: number; readonly original?: string } {
  const wanted = kind === 'CronJob' ? Math.min(size, 1) : size;
  const original = recordText(kind, wanted, format);
  switch (start) {
    case 'awake':
      return { size: wanted };
    case 'asleep':
      return { size: 0, original };
    case 'half woken':
      return { size: Math.floor(wanted / 2), original };
    case 'stale record':
      return { size: wanted, original };
    case 'scaled up asleep':
      return { size: kind === 'CronJob' ? 1 : wanted + 2, original };
    case 'garbled':
      return { size: 0, original };
    default:
      return start satisfies never;
  }
}

/** While the live size is below the record, the record is owed; otherwise people see what they wanted. */
export function truthOf(object: ModelObject): number {
  return Math.max(sizeOf(object), recordOf(object) ?? 0);
}

export function isGarbled(object: ModelObject): boolean {
  return object.metadata?.annotations?.[record] !== undefined && recordOf(object) === undefined;
}

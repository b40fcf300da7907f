import type { KubernetesObject } from '@kubernetes/client-node';
import { isOf } from '../../lib/sleep/kinds/api-group.ts';
import { kindOf } from '../../lib/sleep/kinds/kinds.ts';
import { isScaledObject, scaleTargetOf } from '../../lib/sleep/scale-targets.ts';
import type { SourceDocument } from './documents.ts';
import { type Candidate, expand, whatInstead } from './expand.ts';
import type { Fields } from './fields.ts';
import { passedOver } from './passed-over.ts';
import { readObject } from './read-object.ts';

/** The objects of the documents, lists taken apart, and what was passed over or read with a grain of salt. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[];
  readonly warnings: readonly string[];
}

/** @throws BadInputError for a document that is no Kubernetes object and was asked for, or an object that decides and has no name */
export function objectsOf(documents: Iterable<SourceDocument>): ReadObjects & { readonly documents: number } {
  const warnings: string[] = [];
  const objects: KubernetesObject[] = [];
  const others: Fields[] = [];
  let count = 0;
  for (const document of documents) {
    count += 1;
    for (const candidate of candidatesOf(document, warnings)) {
      const object = isDecisive(candidate.value) ? readObject(candidate, warnings) : undefined;
      if (object) objects.push(object);
      else others.push(candidate.value);
      if (namesTarget(candidate.value)) objects.push(candidate.value);
    }
  }
  return { objects, warnings: [...passedOver(others), ...warnings], documents: count };
}

/** A folder of manifests holds values.yaml and kustomization.yaml too; whoever names a file means it. */
function candidatesOf({ value, where, found }: SourceDocument, warnings: string[]): Candidate[] {
  const other = found ? whatInstead(value) : undefined;
  if (other === undefined) return expand({ value, where });
  warnings.push(`${where} passed over: it is ${other}, not a Kubernetes object`);
  return [];
}

/** Objects whose metadata decides something here. Everything else in a file is none of our business, however it looks. */
function isDecisive(object: Fields): boolean {
  return kindOf(object) !== undefined || isOf(object, 'Namespace', ['']) || isOf(object, 'Pod', ['']);
}

/** It does not sleep, and its target is left to it. */
function namesTarget(object: Fields): object is KubernetesObject & Fields {
  return isScaledObject(object) && scaleTargetOf(object) !== undefined;
}

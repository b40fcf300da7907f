import { type Fields, textAt } from '../../kubernetes/fields.ts';

/** The namespace of an object; manifests leave the default one out. */
export function namespaceOf(object: Fields): string {
  return textAt(object, 'metadata', 'namespace') ?? 'default';
}

/** One key for what has this name in a namespace. */
export function nameKey(namespace: string, kind: string | undefined, name: string | undefined): string {
  return `${namespace}/${kind ?? ''}/${name ?? ''}`;
}

export function keyOf(object: Fields): string {
  return nameKey(namespaceOf(object), textAt(object, 'kind'), textAt(object, 'metadata', 'name'));
}

/** Adds to the list of a key. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

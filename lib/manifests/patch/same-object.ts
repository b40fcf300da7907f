import { fieldOf, type Json } from '../json.ts';
import { PatchRefusedError } from './patch-error.ts';

/**
 * Refuses a patch after which a Kubernetes object would be another one, as the API server does: its kind, its name and its namespace are what the
 * request is for. A file may leave the namespace to whoever applies it, so that one may be added and taken away.
 * @throws PatchRefusedError that names both
 */
export function assertSameObject(before: Json, after: Json): void {
  if (typeof fieldOf(before, 'apiVersion') !== 'string' || typeof fieldOf(before, 'kind') !== 'string') return;
  const [was, is] = [before, after].map(identityOf);
  const changed = (['kind', 'name', 'namespace'] as const).filter(
    (part) => was?.[part] !== undefined && was[part] !== is?.[part] && !(part === 'namespace' && is?.[part] === undefined),
  );
  if (changed.length === 0) return;
  const steps = changed.map((part) => `its ${part} would be ${is?.[part] ?? 'taken away'}, not ${was?.[part]}`);
  throw new PatchRefusedError(`nothing was patched: the patch makes another object: ${steps.join('; ')}`, {
    hint: 'a server refuses that too; choose the document that is meant with --doc, or rename it with a JSON patch',
  });
}

type Identity = Readonly<Partial<Record<'kind' | 'name' | 'namespace', string>>>;

function identityOf(value: Json): Identity {
  const metadata = fieldOf(value, 'metadata');
  const parts = { kind: fieldOf(value, 'kind'), name: fieldOf(metadata, 'name'), namespace: fieldOf(metadata, 'namespace') };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, text]) => (text === undefined || text === null ? [] : [[part, String(text)]])),
  );
}

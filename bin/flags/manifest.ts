import { InvalidArgumentError } from 'commander';

/** A document of a file, by its number from 0 or as in `Deployment/web`. */
export function documentSelector(value: string): { readonly index: number } | { readonly kind: string; readonly name: string } {
  if (/^\d+$/.test(value)) return { index: Number(value) };
  const [, kind, name] = /^([^/]+)\/([^/]+)$/.exec(value) ?? [];
  if (kind !== undefined && name !== undefined) return { kind, name };
  throw new InvalidArgumentError('Give its number, the first is 0, or its kind and name, as in Deployment/web.');
}

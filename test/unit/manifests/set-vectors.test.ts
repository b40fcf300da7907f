import { describe, expect, it } from 'vitest';
import { isJsonFile } from '../../../lib/manifests/json-file.ts';
import { editsOf } from '../../../lib/manifests/set/edits.ts';
import type { SetOptions } from '../../../lib/manifests/set/options.ts';
import { setValues } from '../../../lib/manifests/set/set-values.ts';
import { BadInputError, RefusedError } from '../../../lib/platform/errors.ts';
import { NEIGHBOURS } from '../../support/vectors/manifest-neighbours.ts';
import { type ManifestVector, PUBLISHED_VECTORS } from '../../support/vectors/manifests.ts';

function outcomeOf({ input, set, flags = [], typed }: ManifestVector): string | number {
  try {
    const json = isJsonFile('values.yaml', input);
    return setValues(input, editsOf(set, { asString: !typed }), { ...optionsOf(flags), json }).text;
  } catch (error) {
    if (error instanceof RefusedError) return 3;
    if (error instanceof BadInputError) return 2;
    throw error;
  }
}

function optionsOf(flags: readonly string[]): SetOptions {
  const doc = flags[flags.indexOf('--doc') + 1] ?? '';
  const [kind = '', name] = doc.split('/');
  return {
    ...(flags.includes('--doc') && { document: name === undefined ? { index: Number(doc) } : { kind, name } }),
    allDocuments: flags.includes('--all-docs'),
    create: flags.includes('--create'),
    aliases: flags.includes('--follow-aliases') ? 'follow' : flags.includes('--replace-alias') ? 'replace' : 'refuse',
  };
}

describe('the published vectors', () => {
  it.each(PUBLISHED_VECTORS)('$id: $set', (vector) => {
    expect(outcomeOf(vector)).toBe(vector.expected);
  });
});

describe('their neighbours', () => {
  it.each(NEIGHBOURS)('$id: $set', (vector) => {
    expect(outcomeOf(vector)).toBe(vector.expected);
  });
});

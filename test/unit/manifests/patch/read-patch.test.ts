import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/manifests/json.ts';
import { BadPatchError } from '../../../../lib/manifests/patch/patch-error.ts';
import { readPatch } from '../../../../lib/manifests/patch/read-patch.ts';

describe('a patch as it is written', () => {
  it.each<readonly [text: string, patch: Json]>([
    ['{"a": 1.10, "b": null}', { a: 1.1, b: null }],
    ['["c"]', ['c']],
    ['"bar"', 'bar'],
    ['a: {b: [1, "yes", null]}\n', { a: { b: [1, 'yes', null] } }],
    ['- op: remove\n  path: /a\n', [{ op: 'remove', path: '/a' }]],
    ['on: {push: null}\n1.10: x\n010: z\n', { on: { push: null }, '1.10': 'x', '010': 'z' }],
    ['day: 2026-11-28\nat: 2026-11-28T01:02:03Z\n', { day: '2026-11-28', at: '2026-11-28T01:02:03Z' }],
    ['a: &x {b: 1}\nc: {<<: *x, d: 2}\n', { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ['mode: "0644"\n', { mode: '0644' }],
  ])('reads %j', (text, patch) => {
    expect(readPatch(text, 'the patch')).toEqual(patch);
  });

  it.each([
    ['spec:\n  volumes: [{secret: {defaultMode: 0644}}]\n', 'the value at /spec/volumes/0/secret/defaultMode is another in YAML 1.1'],
    ['data: {enabled: yes}\n', 'the value at /data/enabled is another in YAML 1.1'],
    ['at: 12:30:45\n', 'the value at /at is another in YAML 1.1'],
    ['{"a": {"b": 12345678901234567891}}', 'the number at /a/b is too large to be kept exactly'],
    ['[{"op": "test", "path": "/n", "value": -12345678901234567891}]', 'the number at /0/value is too large to be kept exactly'],
    ['a: 12345678901234567891\n', 'the number at /a is too large to be kept exactly'],
    ['{"a": 1e400}', 'the number at /a is too large to be kept exactly'],
    ['patch.json', 'it is neither a map nor a list'],
    ['', 'it is empty'],
    ['a: 1\n---\nb: 1\n', 'it holds several documents'],
    ['a: [1\n', 'cannot be read'],
  ])('refuses %j', (text, why) => {
    expect(() => readPatch(text, 'the patch')).toThrow(BadPatchError);
    expect(() => readPatch(text, 'the patch')).toThrow(why);
  });
});

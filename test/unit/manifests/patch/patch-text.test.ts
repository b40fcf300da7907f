import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { equal, isJsonObject, type Json } from '../../../../lib/manifests/json.ts';
import { applyChanges, changesBetween } from '../../../../lib/manifests/patch/changes.ts';
import { applyMergePatch } from '../../../../lib/manifests/patch/merge-patch.ts';
import { BadPatchError, PatchRefusedError } from '../../../../lib/manifests/patch/patch-error.ts';
import { type PatchRequest, patchText } from '../../../../lib/manifests/patch/patch-text.ts';
import { RefusedError } from '../../../../lib/platform/errors.ts';
import { documents } from './generated.ts';

const deployment = `# Owned by the shop team
apiVersion: apps/v1
kind: Deployment   # not a StatefulSet
metadata:
  name: web
  labels: {app: web, tier: 'front'}
spec:
  replicas: 2 # two
  strategy:
    type: RollingUpdate
  template:
    spec:
      containers:
      # the server
      - name: web
        image: "web:1"   # quoted
        args: [--mode, 0644]
      # ships the logs
      - name: log
        image: log:1
`;
const service = `---
kind: Service
metadata: {name: web}   # spaced
spec:
    ports: []
`;

function patched(text: string, request: PatchRequest): string {
  return patchText(text, request).text;
}

/** Lines that only one of the texts has. */
function difference(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe('a patch that replaces or adds scalars', () => {
  it.each<readonly [what: string, request: PatchRequest, changed: readonly string[]]>([
    ['a number', { type: 'merge', patch: { spec: { replicas: 3 } } }, ['-  replicas: 2 # two', '+  replicas: 3 # two']],
    [
      'a text in its quotes',
      { type: 'strategic', patch: { spec: { template: { spec: { containers: [{ name: 'web', image: 'web:2' }] } } } } },
      ['-        image: "web:1"   # quoted', '+        image: "web:2"   # quoted'],
    ],
    [
      'a text that YAML would misread',
      { type: 'json', patch: [{ op: 'replace', path: '/spec/template/spec/containers/1/image', value: '1.20' }] },
      ['-        image: log:1', '+        image: "1.20"'],
    ],
    ['a new key', { type: 'merge', patch: { spec: { paused: true } } }, ['+  paused: true']],
    [
      'a new map',
      { type: 'strategic', patch: { metadata: { annotations: { 'a.io/b': 'on' } } } },
      ['+  annotations:', '+    a.io/b: "on"'],
    ],
    [
      'a key of a flow map',
      { type: 'merge', patch: { metadata: { labels: { env: 'dev' } } } },
      ["-  labels: {app: web, tier: 'front'}", "+  labels: {app: web, tier: 'front', env: dev}"],
    ],
    [
      'an item at the end',
      { type: 'json', patch: [{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: 'x9' }] },
      ['-        args: [--mode, 0644]', '+        args: [--mode, 0644, x9]'],
    ],
  ])('changes the bytes of %s and no others', (_what, request, changed) => {
    const result = patchText(deployment, request);

    expect(result.how).toBe('exact');
    expect(difference(deployment, result.text)).toEqual(changed);
  });

  it('keeps line ends, byte order mark, and a missing last line end', () => {
    const text = '\uFEFFa: 1 # x\r\nb: 2';

    expect(patched(text, { type: 'merge', patch: { a: 3, b: 'c' } })).toBe('\uFEFFa: 3 # x\r\nb: c');
  });

  it('does nothing when all is as the patch wants it', () => {
    const result = patchText(deployment, { type: 'merge', patch: { spec: { replicas: 2 } } });

    expect(result).toEqual({ text: deployment, doc: 0, how: 'unchanged', changes: [] });
  });
});

describe('a patch that takes entries away', () => {
  it.each<readonly [what: string, text: string, path: string, after: string]>([
    ['a key', 'a: 1\nb:  # x\n  c: 2\n  d: 3\n# e\ne:   4\n', '/b/c', 'a: 1\nb:  # x\n  d: 3\n# e\ne:   4\n'],
    ['a key and all below it', 'a: 1\nb:  # x\n  c: 2\n  d: |\n    t\n\n# e\ne:   4\n', '/b', 'a: 1\n\n# e\ne:   4\n'],
    ['the last key, with its comment', 'a:   1\n\n# about b\n# more\nb: 2', '/b', 'a:   1\n\n'],
    ['the first key, without the comment of all', '# about all\na: 1\nb: 2\n', '/a', '# about all\nb: 2\n'],
    ['an item', 'l:\n  - a # x\n  # about b\n  - b\n  - c   # y\n', '/l/1', 'l:\n  - a # x\n  - c   # y\n'],
    ['the key behind a dash', 'l:\r\n- a: 1\r\n  b: 2 # y\r\n', '/l/0/a', 'l:\r\n- b: 2 # y\r\n'],
    ['a key with an anchor', 'a: &x 1\nb: &y\n  c: 2\nd: *x\n', '/b', 'a: &x 1\nd: *x\n'],
  ])('takes %s out and leaves every other byte', (_what, text, path, after) => {
    const result = patchText(text, { type: 'json', patch: [{ op: 'remove', path }] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'exact', text: after });
  });

  it.each<readonly [what: string, text: string, path: string, after: string]>([
    ['the only key', 'a:\n  b: 1   # x\nc: 1\n', '/a/b', 'a: {}\nc: 1\n'],
    ['an item of a flow list', 'a: [1,  2]\n', '/a/1', 'a: [1]\n'],
    ['the key behind a dash, with a comment below', 'l:\n- a: 1\n  # about b\n  b: 2\n', '/l/0/a', 'l:\n- # about b\n  b: 2\n'],
  ])('prints the document anew to take %s out', (_what, text, path, after) => {
    const result = patchText(text, { type: 'json', patch: [{ op: 'remove', path }] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'printed', text: after });
  });

  it('refuses to take an anchor away that is still used', () => {
    expect(() => patchText('a: &x 1\nb: *x\n', { type: 'json', patch: [{ op: 'remove', path: '/a' }] })).toThrow(RefusedError);
  });
});

describe('a patch that takes away or adds lists', () => {
  it('prints the document anew: with its comments, quotes and flow style, and every number as it was written', () => {
    const patch = {
      spec: { strategy: null, template: { spec: { containers: [{ name: 'init', image: 'init:1', args: ['1.0', 'a\nb\n'] }] } } },
    };
    const result = patchText(deployment + service, { type: 'strategic', patch, document: { kind: 'deployment', name: 'web' } });

    expect(result).toMatchObject({ how: 'printed', doc: 0 });
    expect(result.text).toBe(`# Owned by the shop team
apiVersion: apps/v1
kind: Deployment # not a StatefulSet
metadata:
  name: web
  labels: {app: web, tier: 'front'}
spec:
  replicas: 2 # two
  template:
    spec:
      containers:
      - name: init
        image: init:1
        args:
        - "1.0"
        - |
          a
          b
      # the server
      - name: web
        image: "web:1" # quoted
        args: [--mode, 0644]
      # ships the logs
      - name: log
        image: log:1
${service}`);
  });

  it('leaves the documents before and after byte for byte', () => {
    const between = '---\na: [1]\n...\n# tail of it\n';
    const text = `${deployment}${between}${service}`;

    expect(patched(text, { type: 'json', patch: [{ op: 'remove', path: '/a/0' }], document: { index: 1 } })).toBe(
      `${deployment}---\na: []\n...\n# tail of it\n${service}`,
    );
  });

  it('keeps line ends, byte order mark, and a missing last line end', () => {
    expect(patched('\uFEFFa: 1 # x\r\nb:\r\n- c\r\n- d', { type: 'json', patch: [{ op: 'remove', path: '/b/0' }] })).toBe(
      '\uFEFFa: 1 # x\r\nb:\r\n- d',
    );
  });

  it.each([
    ['{\n    "a": [1.0, 12345678901234567890],\n    "b": 1\n}\n', '{\n    "a": [\n        1.0,\n        12345678901234567890\n    ]\n}\n'],
    ['{\r\n\t"b": 1,\r\n\t"c": 1e3\r\n}', '{\r\n\t"c": 1e3\r\n}'],
    ['{"b":1,"c":2}', '{"c":2}'],
  ])('keeps the indentation and the digits of the JSON file %j', (text, expected) => {
    expect(patched(text, { type: 'merge', patch: { b: null }, json: true })).toBe(expected);
  });
});

describe('the document of a patch', () => {
  it.each<readonly [what: string, request: PatchRequest, doc: number]>([
    ['by its place', { type: 'merge', patch: { x: 1 }, document: { index: 1 } }, 1],
    ['by its kind and name', { type: 'merge', patch: { x: 1 }, document: { kind: 'service', name: 'web' } }, 1],
    [
      'by what the patch says it is for',
      { type: 'strategic', patch: { kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 5 } } },
      0,
    ],
  ])('is found %s', (_what, request, doc) => {
    expect(patchText(deployment + service, request).doc).toBe(doc);
  });

  it.each<readonly [what: string, request: PatchRequest, why: string]>([
    ['nobody says which', { type: 'merge', patch: { x: 1 } }, 'nothing was patched: 2 documents could be meant: 0, 1'],
    ['there is none', { type: 'merge', patch: { x: 1 }, document: { index: 2 } }, 'nothing was patched: there is no document 2'],
    ['none has the name', { type: 'merge', patch: { x: 1 }, document: { kind: 'Service', name: 'db' } }, 'there is no document Service/db'],
  ])('is refused when %s', (_what, request, why) => {
    expect(() => patchText(deployment + service, request)).toThrow(PatchRefusedError);
    expect(() => patchText(deployment + service, request)).toThrow(why);
  });

  it('is the only one that is not empty', () => {
    expect(patched('# a comment\n---\na: 1\n', { type: 'merge', patch: { a: 2 } })).toBe('# a comment\n---\na: 2\n');
  });
});

describe('a patch that would make another object', () => {
  const object = 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop} # x\n';

  it.each<readonly [what: string, request: PatchRequest, why: string]>([
    ['of another name', { type: 'merge', patch: { metadata: { name: 'db' } } }, 'its name would be db, not web'],
    ['of another kind', { type: 'merge', patch: { kind: 'Secret' } }, 'its kind would be Secret, not Service'],
    ['in another namespace', { type: 'strategic', patch: { metadata: { namespace: 'b' } } }, 'its namespace would be b, not shop'],
    ['without a name', { type: 'merge', patch: { metadata: { name: null } } }, 'its name would be taken away, not web'],
    ['of its own', { type: 'strategic', patch: { kind: 'Service', metadata: { name: 'db' } } }, 'its name would be db, not web'],
    ['without anything', { type: 'strategic', patch: { $patch: 'delete' } }, 'its kind would be taken away'],
  ])('%s is refused', (_what, request, why) => {
    expect(() => patchText(object, request)).toThrow(PatchRefusedError);
    expect(() => patchText(object, request)).toThrow(why);
  });

  it.each<readonly [what: string, text: string, request: PatchRequest, after: string]>([
    [
      'a JSON patch that says so',
      object,
      { type: 'json', patch: [{ op: 'replace', path: '/metadata/name', value: 'db' }] },
      object.replace('web', 'db'),
    ],
    ['what is no object', 'kind: a\nname: b\n', { type: 'merge', patch: { kind: 'b' } }, 'kind: b\nname: b\n'],
    [
      'a namespace that was not there',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
      { type: 'strategic', patch: { metadata: { namespace: 'shop' } } },
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\n',
    ],
    ['the same names', object, { type: 'merge', patch: { kind: 'Service', metadata: { name: 'web' }, x: 1 } }, `${object}x: 1\n`],
  ])('is none for %s', (_what, text, request, after) => {
    expect(patched(text, request)).toBe(after);
  });
});

describe('a patch of a text refuses', () => {
  it.each<readonly [what: string, text: string, request: PatchRequest, why: string]>([
    ['a value behind an alias', 'a: &x {b: 1}\nc: *x\n', { type: 'merge', patch: { c: { b: 2 } } }, 'alias'],
    [
      'to print what leads through an alias',
      'a: &x {b: [1]}\nc: *x\n',
      { type: 'merge', patch: { c: { b: null } } },
      'leads through an alias',
    ],
    [
      'a key that only a merge gives to go',
      'a: &x {b: 1, d: 2}\nc:\n  <<: *x\n',
      { type: 'merge', patch: { c: { b: null } } },
      'it would mean something else',
    ],
    ['to leave nothing', 'a: 1\n', { type: 'json', patch: [{ op: 'remove', path: '' }] }, 'leaves nothing of the document'],
    ['a template', 'a: {{ .Values.a }}\n', { type: 'merge', patch: { a: 1 } }, 'template'],
    [
      'a strategic patch of a custom resource',
      'apiVersion: a.io/v1\nkind: Rollout\n',
      { type: 'strategic', patch: {} },
      'Rollout of a.io/v1',
    ],
    ['a strategic patch of a list', '- 1\n', { type: 'strategic', patch: {} }, 'is no map'],
    ['a test that fails', 'a: 1\n', { type: 'json', patch: [{ op: 'test', path: '/a', value: 2 }] }, 'operation 0 (test /a) does not fit'],
  ])('%s', (_what, text, request, why) => {
    expect(() => patchText(text, request)).toThrow(RefusedError);
    expect(() => patchText(text, request)).toThrow(why);
  });

  it('a merge patch that is no map, as a bad one', () => {
    expect(() => patchText('a: 1\n', { type: 'merge', patch: [1] })).toThrow(BadPatchError);
  });

  it('a key that is there twice', () => {
    expect(() => patchText('a: 1\na: 2\n', { type: 'merge', patch: { a: 3 } })).toThrow(RefusedError);
  });
});

describe('generated patches of texts', () => {
  it('make of any YAML file what they make of its value, or are refused', () => {
    let made = 0;
    void fc.assert(
      fc.property(documents.filter(isJsonObject), documents.filter(isJsonObject), fc.boolean(), (value, patch, json) => {
        const text = json ? `${JSON.stringify(value, null, 3)}\n` : `# head\n${stringify(value)}# tail\n`;
        try {
          const after = patchText(text, { type: 'merge', patch, json }).text;
          made += 1;
          const read: Json = json ? JSON.parse(after) : parse(after);
          expect(equal(read, applyMergePatch(value, patch))).toBe(true);
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
        }
      }),
      { numRuns: 400 },
    );
    expect(made).toBeGreaterThan(300);
  });

  it('are steps from one value to the other', () => {
    void fc.assert(
      fc.property(documents, documents, (before, after) => {
        const changes = changesBetween(before, after);

        expect(equal(applyChanges(structuredClone(before), structuredClone(changes)), after)).toBe(true);
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { equal, isJsonObject, type Json } from '../../../../lib/manifests/json.ts';
import { applyChanges } from '../../../../lib/manifests/patch/changes.ts';
import { changesBetween } from '../../../../lib/manifests/patch/changes-between.ts';
import { applyJsonPatch } from '../../../../lib/manifests/patch/json-patch.ts';
import { applyMergePatch } from '../../../../lib/manifests/patch/merge-patch.ts';
import { BadPatchError, PatchRefusedError } from '../../../../lib/manifests/patch/patch-error.ts';
import { type PatchRequest, patchText } from '../../../../lib/manifests/patch/patch-text.ts';
import { traceJsonPatch } from '../../../../lib/manifests/patch/trace.ts';
import { RefusedError } from '../../../../lib/platform/errors.ts';
import { documents, operationsOn, steps } from './generated.ts';

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

function move(from: string, path: string): Json {
  return { op: 'move', from, path };
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

describe('a value that YAML 1.1 reads otherwise', () => {
  it.each<readonly [text: string, request: PatchRequest, after: string]>([
    ['m: 0644 # m\nb: yes\n', { type: 'merge', patch: { m: 644, b: 'yes' } }, 'm: 644 # m\nb: "yes"\n'],
    ['a:   # x\n  b: 0644\nc:   1\n', { type: 'merge', patch: { a: null, d: { b: 644 } } }, 'c:   1\nd:   # x\n  b: 644\n'],
    ['l:\n- 0644\n- x\n', { type: 'json', patch: [{ op: 'replace', path: '/l/0', value: 644 }] }, 'l:\n- 644\n- x\n'],
    [
      'l:\n- x\n- m: 0644\n',
      {
        type: 'json',
        patch: [
          { op: 'replace', path: '/l/1/m', value: 644 },
          { op: 'remove', path: '/l/0' },
        ],
      },
      'l:\n- m: 644\n',
    ],
  ])('is written anew when the patch sets it: %j', (text, request, after) => {
    expect(patchText(text, request)).toMatchObject({ how: 'exact', text: after });
  });

  it('stays as it is where the patch does not set it', () => {
    expect(patchText('m: 0644\nb: yes\nc: 1\n', { type: 'merge', patch: { c: 2 } }).text).toBe('m: 0644\nb: yes\nc: 2\n');
  });

  it('is no hindrance to a test of what YAML 1.2 reads', () => {
    const patch = [
      { op: 'test', path: '/m', value: 644 },
      { op: 'replace', path: '/c', value: 2 },
    ];

    expect(patchText('m: 0644\nc: 1\n', { type: 'json', patch }).text).toBe('m: 0644\nc: 2\n');
  });
});

describe('a merge patch that is no map', () => {
  it.each<readonly [text: string, json: boolean, patch: Json, after: string]>([
    ['{"a": "b"}\n', true, ['c'], '["c"]\n'],
    ['["a", "b"]', true, ['c', 'd'], '["c", "d"]'],
    ['{"a": "foo"}', true, 'bar', '"bar"'],
    ['a: b\n', false, ['c'], '- c\n'],
  ])('takes the place of %j', (text, json, patch, after) => {
    expect(patchText(text, { type: 'merge', patch, json }).text).toBe(after);
  });

  it('does not take the place of a Kubernetes object', () => {
    expect(() => patchText(deployment, { type: 'merge', patch: ['c'] })).toThrow(/makes another object: its kind would be taken away/);
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
    ['the first key of a map, with its comment', 'a:\n  # b\n  b: 1\n  c:   2\n', '/a/b', 'a:\n  c:   2\n'],
    ['a key with the comment below it', 'a: 1\nb:\n  c: 1\n  # end of b\n\nd:   1\n', '/b', 'a: 1\n\nd:   1\n'],
    ['the last item of a flow list', 'a: [1,  2]   # x\n', '/a/1', 'a: [1]   # x\n'],
    ['an item of a flow list', 'a: [1,  2 ,3]\n', '/a/1', 'a: [1,  3]\n'],
    ['the only key of a flow map', 'a: { b: 1 }   # x\n', '/a/b', 'a: {}   # x\n'],
    ['the only key of a map', 'a:\n  # about b\n  b: 1   # x\nc:   1\n', '/a/b', 'a: {}\nc:   1\n'],
    ['the only item of a list, but not what is said of that', 'a: &x # all\n\n  # b\n  - b: 1', '/a/0', 'a: &x [] # all\n'],
    ['a key of a flow map over several lines', 'a: {\n  b: 1,\n  c: 2   # x\n}\n', '/a/b', 'a: {\n  c: 2   # x\n}\n'],
    ['a key with an anchor', 'a: &x 1\nb: &y\n  c: 2\nd: *x\n', '/b', 'a: &x 1\nd: *x\n'],
  ])('takes %s out and leaves every other byte', (_what, text, path, after) => {
    const result = patchText(text, { type: 'json', patch: [{ op: 'remove', path }] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'exact', text: after });
  });

  it.each<readonly [what: string, text: string, path: string, after: string]>([
    ['an item of a flow list with a comment', 'a: [1,   # one\n 2]\n', '/a/0', 'a: [2]\n'],
    ['the key behind a dash, with a comment below', 'l:\n- a: 1\n  # about b\n  b: 2\n', '/l/0/a', 'l:\n- # about b\n  b: 2\n'],
  ])('prints the document anew to take %s out', (_what, text, path, after) => {
    const result = patchText(text, { type: 'json', patch: [{ op: 'remove', path }] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'printed', text: after });
  });

  it('refuses to take an anchor away that is still used', () => {
    expect(() => patchText('a: &x 1\nb: *x\n', { type: 'json', patch: [{ op: 'remove', path: '/a' }] })).toThrow(RefusedError);
  });
});

describe('a patch that adds maps and lists', () => {
  it('writes them in lines of their own, as the document indents, and changes no other byte', () => {
    const patch = {
      spec: { template: { spec: { containers: [{ name: 'init', image: 'init:1', args: ['1.0', 'a\n\n  b\n'], env: [] }] } } },
    };
    const result = patchText(deployment + service, { type: 'strategic', patch, document: { kind: 'deployment', name: 'web' } });

    const added = `      - name: init
        image: init:1
        args:
        - "1.0"
        - |
          a

            b
        env: []
`;
    expect(result).toMatchObject({
      how: 'exact',
      doc: 0,
      text: (deployment + service).replace('      # the server', `${added}      # the server`),
    });
  });

  it.each<readonly [what: string, text: string, op: Json, after: string]>([
    ['a list', 'a: 1   # x\n', { path: '/l', value: [1, { b: [2], c: 'x' }] }, 'a: 1   # x\nl:\n- 1\n- b:\n  - 2\n  c: x\n'],
    ['a list, indented as others', 'a:\n    - 1   # x\n', { path: '/l', value: ['b'] }, 'a:\n    - 1   # x\nl:\n    - b\n'],
    [
      'an item at the end',
      'a:\n  -   b: 1\n',
      { path: '/a/-', value: { c: [1], d: 2 } },
      'a:\n  -   b: 1\n  -   c:\n        - 1\n      d: 2\n',
    ],
    ['an item before others', 'a:\n# about b\n- b   # x\n- c\n', { path: '/a/0', value: ['d'] }, 'a:\n- - d\n# about b\n- b   # x\n- c\n'],
    ['an item between', 'a:\r\n- b\r\n\r\n# about c\r\n- c', { path: '/a/1', value: 'y' }, 'a:\r\n- b\r\n\r\n- "y"\r\n# about c\r\n- c'],
    ['a map between brackets', 'a: {b: 1}   # x\n', { path: '/a/c', value: { d: ['1.0', 'e'] } }, 'a: {b: 1, c: {d: ["1.0", e]}}   # x\n'],
    ['an item between brackets', 'a: [b,  c]   # x\n', { path: '/a/1', value: 'd, e' }, 'a: [b,  "d, e", c]   # x\n'],
    ['an item on a line between brackets', 'a: [\n  b,   # x\n  c\n]\n', { path: '/a/1', value: 1 }, 'a: [\n  b,   # x\n  1,\n  c\n]\n'],
  ])('changes no other byte for %s', (_what, text, op, after) => {
    const result = patchText(text, { type: 'json', patch: [{ op: 'add', ...(op as object) }] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'exact', text: after });
  });
});

describe('a patch that moves or copies', () => {
  it.each<readonly [what: string, text: string, patch: readonly Json[], after: string]>([
    ['a scalar under another key', '# all\na: 0644 # the mode\nb:   1\n', [move('/a', '/z')], '# all\nb:   1\nz: 0644 # the mode\n'],
    ['a key with its comment', 'b: 1\n# about a\n"a": \'1\'\nc:   {}\n', [move('/a', '/x y')], "b: 1\nc:   {}\n# about a\nx y: '1'\n"],
    [
      'a map into another, indented as that is',
      'a:\n  # about b\n  b:   # x\n    c: {d:   0x1F}\n    # end\n  f: |\n    t\n      u\ng:\n    h: 1\n',
      [move('/a/b', '/g/b'), move('/a/f', '/g/i')],
      'a: {}\ng:\n    h: 1\n    # about b\n    b:   # x\n      c: {d:   0x1F}\n      # end\n    i: |\n      t\n        u\n',
    ],
    [
      'an item within its list',
      'l:\n# first\n- 0644   # x\n\n# second\n- "b"\n- {c: 1}\n',
      [move('/l/0', '/l/2')],
      'l:\n\n# second\n- "b"\n- {c: 1}\n# first\n- 0644   # x\n',
    ],
    [
      'an item to the front',
      'l:\n# first\n- a\n# third\n- b: 1\n  # in b\n  c: 0x1F\n',
      [move('/l/1', '/l/0')],
      'l:\n# third\n- b: 1\n  # in b\n  c: 0x1F\n# first\n- a\n',
    ],
    [
      'an item out of its list',
      'l:\n- a\n# about b\n- b: 1   # x\n  c: 2\nm:\n   n: 1\n',
      [move('/l/1', '/m/o')],
      'l:\n- a\nm:\n   n: 1\n   # about b\n   o:\n      b: 1   # x\n      c: 2\n',
    ],
    [
      'a map into a list',
      'm:\n    # about n\n    n:\n        b: 1   # x\n        c:\n        - 2\n    k: 1\nl:\n- a\n',
      [move('/m/n', '/l/0')],
      'm:\n    k: 1\nl:\n# about n\n- b: 1   # x\n  c:\n  - 2\n- a\n',
    ],
    ['the key behind a dash', 'l:\n- a: 0644 # x\n  b: 2\n', [move('/l/0/a', '/l/0/c')], 'l:\n- b: 2\n  c: 0644 # x\n'],
    [
      'what changes after the move',
      'a:   {b: 0644,  c: "x"} # y\nd: 1\n',
      [move('/a', '/z'), { op: 'replace', path: '/z/c', value: 'q' }],
      'd: 1\nz:   {b: 0644,  c: "q"} # y\n',
    ],
    ['a value to one that is there', 'a: 0x1F # x\nb: 1\nc: 2\n', [move('/a', '/b')], 'c: 2\nb: 0x1F # x\n'],
    [
      'a copy',
      'a: 0644 # the mode\nb:\n  c: 1\n',
      [{ op: 'copy', from: '/a', path: '/b/d' }],
      'a: 0644 # the mode\nb:\n  c: 1\n  d: 0644 # the mode\n',
    ],
    [
      'of two equal items the one that is meant',
      'l:\n# first\n- a\n# second\n- a   # x\n- b\nm:\n  n: 1\n',
      [move('/l/1', '/m/o')],
      'l:\n# first\n- a\n- b\nm:\n  n: 1\n  # second\n  o: a   # x\n',
    ],
    ['out of brackets', "a: {b: 'x',  c: 0644}   # y\nd:   1\n", [move('/a/c', '/e')], "a: {b: 'x'}   # y\nd:   1\ne: 0644\n"],
    [
      'between brackets',
      'a: {b: \'x\',  c: 0644}   # y\nd: "z"\n',
      [move('/a/c', '/a/e'), move('/d', '/a/f')],
      'a: {b: \'x\',  e: 0644, f: "z"}   # y\n',
    ],
    ['an anchor with its value', 'b: 2\na: &x 0644\nc: 3\nd: *x\n', [move('/b', '/z')], 'a: &x 0644\nc: 3\nd: *x\nz: 2\n'],
    ['line ends, and a missing last one', 'a: 1 # x\r\nb: 2', [move('/a', '/c')], 'b: 2\r\nc: 1 # x'],
  ])('takes its lines along: %s', (_what, text, patch, after) => {
    const result = patchText(text, { type: 'json', patch: [...patch] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'exact', text: after });
  });
});

describe('a patch that reorders or renames', () => {
  it('takes the lines of containers along as $setElementOrder wants them', () => {
    const order = (...names: string[]): Json => names.map((name) => ({ name }));
    const spec = { '$setElementOrder/containers': order('log', 'web'), containers: [{ name: 'web', image: 'web:2' }] };
    const result = patchText(deployment, { type: 'strategic', patch: { spec: { template: { spec } } } });

    const web = `      # the server
      - name: web
        image: "web:1"   # quoted
        args: [--mode, 0644]
`;
    expect(result.how).toBe('exact');
    expect(result.text).toBe(deployment.replace(web, '') + web.replace('web:1', 'web:2'));
  });

  it.each<readonly [what: string, text: string, patch: Json, after: string]>([
    [
      'a map that goes and comes under another name',
      'a:   # x\n  b: 0x1F\nc:   1\n',
      { a: null, d: { b: 31 } },
      'c:   1\nd:   # x\n  b: 0x1F\n',
    ],
    [
      'items of a list that is given anew',
      'l:\n- 0x1F   # x\n# b\n- "b"\n- c\n',
      { l: ['b', 'c', 31] },
      'l:\n# b\n- "b"\n- c\n- 0x1F   # x\n',
    ],
    [
      'the names of keys that YAML 1.1 reads otherwise',
      'on: {y: 1}\n1.10:   x\nno:\n  - a\n',
      { on: null, yes: { y: 1 }, '1.10': null },
      'no:\n  - a\n"yes": {y: 1}\n',
    ],
  ])('keeps %s', (_what, text, patch, after) => {
    const result = patchText(text, { type: 'merge', patch });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'exact', text: after });
  });
});

describe('a patch that has to print the document anew', () => {
  it.each<readonly [what: string, text: string, patch: readonly Json[], after: string]>([
    [
      'what is moved into a map that the patch makes',
      '# all\na: 0644   # x\nb:   {c: "1"}\n',
      [{ op: 'add', path: '/m', value: {} }, move('/a', '/m/a'), move('/b', '/m/d')],
      '# all\nm:\n  a: 0644 # x\n  d: {c: "1"}\n',
    ],
    [
      'what is copied, but for its anchor',
      'a:\n  # about b\n  b: &x {p: 0x1F, "q": \'1\'} # y\nc:   *x\n',
      [{ op: 'copy', from: '/a/b', path: '/z' }],
      'a:\n  # about b\n  b: &x {p: 0x1F, "q": \'1\'} # y\nc: *x\n# about b\nz: {p: 0x1F, "q": \'1\'} # y\n',
    ],
    [
      'an item that becomes a key, and a key that becomes an item',
      'l:\n  # about 1\n  - 0x1 # x\n  - {a:   "2"}\nm: {k: &k 0644}\nn: [*k]\n',
      [{ op: 'copy', from: '/m/k', path: '/l/0' }, move('/l/1', '/m/q')],
      'l:\n  - 0644\n  - {a: "2"}\nm:\n  {\n    k: &k 0644,\n    # about 1\n    q: 0x1 # x\n  }\nn: [*k]\n',
    ],
  ])('keeps the notation and the comments of %s', (_what, text, patch, after) => {
    const result = patchText(text, { type: 'json', patch: [...patch] });

    expect({ how: result.how, text: result.text }).toEqual({ how: 'printed', text: after });
  });

  it('leaves every other layout of a JSON file', () => {
    const text = '{\n\t"l": [1.0, {"a": 1e2}],\r\n\t"m": {\n\t\t"n": 12345678901234567890\n\t}\n}\n';

    expect(patched(text, { type: 'json', patch: [move('/l/1', '/l/0'), { op: 'copy', from: '/m/n', path: '/m/o' }], json: true })).toBe(
      '{\n\t"l": [{"a": 1e2}, 1.0],\r\n\t"m": {\n\t\t"n": 12345678901234567890,\n\t\t"o": 12345678901234567890\n\t}\n}\n',
    );
  });

  it('writes maps and lists into a JSON file in lines of their own, where it has them', () => {
    const text = '{\n  "a": [1.0],\n  "b": {"c": 1}\n}\n';
    const patch = { d: { e: [1, { f: 'é' }], g: {} }, b: { h: { i: [] } } };

    expect(patched(text, { type: 'merge', patch, json: true })).toBe(
      '{\n  "a": [1.0],\n  "b": {"c": 1, "h": {"i": []}},\n  "d": {\n    "e": [\n      1,\n      {\n        "f": "é"\n      }\n    ],\n    "g": {}\n  }\n}\n',
    );
  });

  it('prints a list of hundreds of items that is turned around, rather than read the file as often', () => {
    const items = Array.from({ length: 800 }, (_, index) => ({ name: `i${index}`, text: 'x'.repeat(60) }));
    const result = patchText(stringify({ l: items }), { type: 'merge', patch: { l: items.toReversed() } });

    expect({ how: result.how, text: result.text }).toEqual({
      how: 'printed',
      text: stringify({ l: items.toReversed() }, { indentSeq: true }),
    });
  });

  it('prints a JSON file with its indentation and its digits when a value becomes a map', () => {
    expect(patched('{"a": 1.0,\n   "b": [1],\n   "c": 1}', { type: 'merge', patch: { c: { d: 1 } }, json: true })).toBe(
      '{\n   "a": 1.0,\n   "b": [\n      1\n   ],\n   "c": {\n      "d": 1\n   }\n}',
    );
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
    ['{\n    "a": [1.0, 12345678901234567890],\n    "b": 1\n}\n', '{\n    "a": [1.0, 12345678901234567890]\n}\n'],
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

  it('a strategic patch that is no map, as a bad one', () => {
    expect(() => patchText('a: 1\n', { type: 'strategic', patch: [1] })).toThrow(BadPatchError);
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

  it('move and copy in any YAML file what they move and copy in its value, or are refused', () => {
    let moved = 0;
    void fc.assert(
      fc.property(documents.filter(isJsonObject), fc.array(steps, { minLength: 1, maxLength: 4 }), fc.boolean(), (value, choices, json) => {
        const text = json ? `${JSON.stringify(value, null, 3)}\n` : `# head\n${stringify(value)}# tail\n`;
        const patch = operationsOn(value, choices);
        const wanted = applyJsonPatch(value, patch);
        fc.pre(wanted !== null);
        try {
          const after = patchText(text, { type: 'json', patch, json });
          if (after.how === 'exact' && after.changes.some((change) => 'origin' in change)) moved += 1;
          const read: Json = json ? JSON.parse(after.text) : parse(after.text);
          expect(equal(read, wanted)).toBe(true);
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
        }
      }),
      { numRuns: 400 },
    );
    expect(moved).toBeGreaterThan(20);
  });

  it('are steps from one value to the other', () => {
    void fc.assert(
      fc.property(documents, documents, (before, after) => {
        const changes = changesBetween(before, after);

        expect(equal(applyChanges(structuredClone(before), structuredClone(changes)), after)).toBe(true);
      }),
    );
  });

  it('are steps that know what moved and what was copied', () => {
    let known = 0;
    void fc.assert(
      fc.property(documents, fc.array(steps, { minLength: 1, maxLength: 5 }), (before, choices) => {
        const patch = operationsOn(before, choices);
        const after = applyJsonPatch(before, patch);
        const changes = changesBetween(before, after, { trace: traceJsonPatch(before, patch) });
        if (changes.some((change) => 'origin' in change)) known += 1;

        expect(equal(applyChanges(structuredClone(before), structuredClone(changes)), after)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    expect(known).toBeGreaterThan(50);
  });

  it('reorder lists of named items, and of scalars that are there twice', () => {
    const item = fc.oneof(fc.constantFrom<Json[]>(1, 2, 'a'), fc.record({ name: fc.constantFrom('a', 'b', 'c'), v: fc.nat(2) }));
    const list = fc.array<Json>(item, { maxLength: 6 });
    void fc.assert(
      fc.property(list, list, (before, after) => {
        const changes = changesBetween(before, after);

        expect(equal(applyChanges(structuredClone(before), structuredClone(changes)), after)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

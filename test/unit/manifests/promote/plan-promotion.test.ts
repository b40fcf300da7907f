import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPromotion } from '../../../../lib/manifests/promote/plan-promotion.ts';
import type { EnvironmentFile, Promotion } from '../../../../lib/manifests/promote/promotion.ts';
import { readRules } from '../../../../lib/manifests/promote/read-rules.ts';
import { RefusedError } from '../../../../lib/platform/errors.ts';

type Files = Readonly<Record<string, string>>;

const digest = `sha256:${'a1'.repeat(32)}`;

function environment(files: Files): readonly EnvironmentFile[] {
  return Object.entries(files).map(([file, text]) => ({ file, text, json: file.endsWith('.json') }));
}

/** @param rules as in `- image: web` */
function promote(rules: string, from: Files, to: Files, more: { readonly allowDowngrade?: boolean } = {}): Promotion {
  return planPromotion({
    rules: readRules(`version: 1\nrules:\n${rules}\n`, 'rules.yaml'),
    from: environment(from),
    to: environment(to),
    ...more,
  });
}

/** The one file that changes, as it becomes. */
function resultOf(promotion: Promotion): string | undefined {
  expect(promotion.files.length).toBeLessThan(2);
  return promotion.files[0]?.after;
}

describe('a promotion copies', () => {
  it.each<readonly [what: string, rule: string, from: string, to: string, result: string]>([
    [
      'the tag of a container',
      '- image: r.io/web',
      'image: r.io/web:v2\n',
      'spec:\n  image: "r.io/web:v1"   # web\n',
      'spec:\n  image: "r.io/web:v2"   # web\n',
    ],
    [
      'a digest with the tag',
      '- image: r.io/web',
      `image: r.io/web:v2@${digest}\n`,
      'image: r.io/web:v1\n',
      `image: r.io/web:v2@${digest}\n`,
    ],
    ['a digest away again', '- image: r.io/web', 'image: r.io/web:v2\n', `image: r.io/web:v1@${digest}\n`, 'image: r.io/web:v2\n'],
    [
      'images of any name',
      '- image: r.io/*',
      '- image: r.io/a:2\n- image: r.io/b:3\n',
      '- image: r.io/b:1\n- image: x.io/a:1\n- image: r.io/a:1\n',
      '- image: r.io/b:3\n- image: x.io/a:1\n- image: r.io/a:2\n',
    ],
    [
      'the tag into another registry',
      '- {image: dev.io/web, toImage: prod.io/web}',
      'image: dev.io/web:v2\n',
      'image: prod.io/web:v1\n',
      'image: prod.io/web:v2\n',
    ],
    [
      'the tag of Helm values',
      '- image: shop/web',
      'image:\n  repository: shop/web\n  tag: "1.20"\n',
      'image: {repository: shop/web, tag: 1.19}  # x\n',
      'image: {repository: shop/web, tag: "1.20"}  # x\n',
    ],
    [
      'the tag and digest of Helm values with a registry',
      '- image: r.io/web',
      `registry: r.io\nrepository: web\ntag: v2\ndigest: ${digest}\n`,
      'registry: r.io\nrepository: web\ntag: v1\ndigest: ""\n',
      `registry: r.io\nrepository: web\ntag: v2\ndigest: "${digest}"\n`,
    ],
    [
      'a reference into Helm values',
      '- image: r.io/web',
      'image: r.io/web:v2\n',
      `repository: r.io/web\ntag: v1 # t\ndigest: ${digest}\n`,
      'repository: r.io/web\ntag: v2 # t\ndigest: ""\n',
    ],
    [
      'the version of a dependency',
      '- chart: redis',
      'dependencies:\n- name: redis\n  version: 18.2.0\n',
      'dependencies:\n- {name: redis, version: 18.1.0}\n',
      'dependencies:\n- {name: redis, version: 18.2.0}\n',
    ],
    [
      'the chart of an Argo CD Application',
      '- chart: redis',
      'spec:\n  source: {chart: redis, targetRevision: 2.0.0}\n',
      'spec:\n  sources:\n  - targetRevision: 1.0.0 # pinned\n    chart: redis\n',
      'spec:\n  sources:\n  - targetRevision: 2.0.0 # pinned\n    chart: redis\n',
    ],
    [
      'the chart of a Flux HelmRelease',
      '- chart: redis',
      'spec:\n  chart:\n    spec:\n      chart: redis\n      version: ">=2.0.0"\n',
      "spec: {chart: {spec: {chart: redis, version: '1.x'}}}\n",
      "spec: {chart: {spec: {chart: redis, version: '>=2.0.0'}}}\n",
    ],
    ['a value with its type', '- {path: a.b, files: f.yaml}', 'a: {b: 1.20}\n', 'a:\n  b: 1.10 # keep\n', 'a:\n  b: 1.20 # keep\n'],
    [
      'a text that looks like a number',
      '- {path: a.b, files: f.yaml}',
      'a: {b: "1.20"}\n',
      'a:\n  b: v1 # keep\n',
      'a:\n  b: "1.20" # keep\n',
    ],
    ['from another place', '- {path: a, files: f.yaml, from: {file: f.yaml, path: b}}', 'b: v2\n', 'a: v1\n', 'a: v2\n'],
    [
      'in the document that is named',
      '- {path: spec.v, files: f.yaml, document: B/b}',
      'kind: B\nmetadata: {name: b}\nspec: {v: 2}\n',
      'spec: {v: 1}\n---\nkind: B\nmetadata: {name: b}\nspec: {v: 1}\n',
      'spec: {v: 1}\n---\nkind: B\nmetadata: {name: b}\nspec: {v: 2}\n',
    ],
  ])('%s', (_what, rule, from, to, result) => {
    const promotion = promote(rule, { 'f.yaml': from }, { 'f.yaml': to });

    expect(resultOf(promotion)).toBe(result);
    expect(promotion.files[0]?.exact).toBe(true);
    expect(promotion.items.some(({ changed }) => changed)).toBe(true);
  });

  it('tags and digests into a kustomization, in the order of its fields', () => {
    const from = { 'k.yaml': `kind: Kustomization\nimages:\n- name: web\n  newName: dev.io/web\n  digest: ${digest}\n` };
    const to = 'kind: Kustomization\nimages:\n- newTag: v1 # tag\n  name: web\n  newName: prod.io/web\n- name: other\n  newTag: "1"\n';

    expect(resultOf(promote('- image: web', from, { 'k.yaml': to }))).toBe(
      `kind: Kustomization\nimages:\n- name: web\n  newName: prod.io/web\n  digest: ${digest}\n- name: other\n  newTag: "1"\n`,
    );
  });

  it("a tag into Flux's own Kustomization", () => {
    const to = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  images:\n  - name: web\n    newTag: v1\n';

    expect(resultOf(promote('- image: web', { 'a.yaml': 'image: web:v2\n' }, { 'k.yaml': to }))).toBe(
      to.replace('newTag: v1', 'newTag: v2'),
    );
  });

  it('the arguments of its references into a kustomization, three at once', () => {
    const to = {
      'base/kustomization.yaml': 'resources: [a]\nimages:\n- name: a\n  newTag: "1"\n- name: b\n  newName: x\n  newTag: "1"\n- name: c\n',
    };
    const promotion = promote(`- references: ["a=*:3.2e2", "b=*@${digest}", "c=d:v1"]`, {}, to);

    expect(resultOf(promotion)).toBe(
      `resources: [a]\nimages:\n- name: a\n  newTag: "3.2e2"\n- name: b\n  newName: x\n  digest: ${digest}\n- name: c\n  newName: d\n  newTag: v1\n`,
    );
    expect(promotion.items.map(({ what, from, to }) => [what, from, to])).toEqual([
      ['a', ':1', ':3.2e2'],
      ['b', 'x:1', `x@${digest}`],
      ['c', '', 'd:v1'],
    ]);
  });

  it.each([
    [
      'without images',
      'resources:\n- a   # spaced\n\n# end\n',
      'resources:\n- a   # spaced\nimages:\n- name: web\n  newTag: "1.20"\n\n# end\n',
    ],
    [
      'with indented lists',
      'resources:\n    - a   # spaced',
      'resources:\n    - a   # spaced\nimages:\n    - name: web\n      newTag: "1.20"',
    ],
    [
      'with other images',
      'images:\r\n- newTag: v1   # a\r\n  name: a\r\n\r\nnamespace:   x\r\n',
      'images:\r\n- newTag: v1   # a\r\n  name: a\r\n- name: web\r\n  newTag: "1.20"\r\n\r\nnamespace:   x\r\n',
    ],
    ['with images in brackets', 'images: [{name: a,  newTag: v1}]\n', 'images: [{name: a,  newTag: v1}, {name: web, newTag: "1.20"}]\n'],
    ['with an empty list', 'images: []   # none\nnamespace: x\n', 'images: [{name: web, newTag: "1.20"}]   # none\nnamespace: x\n'],
  ])('an image that a kustomization %s does not list yet, in lines of its own', (_what, before, after) => {
    const promotion = promote('- references: web:1.20', {}, { 'kustomization.yaml': before });

    expect(resultOf(promotion)).toBe(after);
    expect(promotion.files.map(({ exact }) => exact)).toEqual([true]);
    expect(promotion.warnings).toEqual([]);
  });

  it('two images that a kustomization without images does not list yet', () => {
    const promotion = promote('- references: ["d:v2", "e=f:v3"]', {}, { 'kustomization.yaml': 'namespace:   x\n' });

    expect(resultOf(promotion)).toBe('namespace:   x\nimages:\n- name: d\n  newTag: v2\n- name: e\n  newName: f\n  newTag: v3\n');
  });

  it('two images that a kustomization does not list yet, and the digest of one that it does', () => {
    const before = 'images:\n# pinned\n- name: a\n  digest: sha256:0   # old\n  newName:   b\nresources: [c]   # spaced\n';
    const promotion = promote('- references: ["a=*:v1", "d:v2", "e=f:v3"]', {}, { 'kustomization.yaml': before });

    expect(resultOf(promotion)).toBe(
      'images:\n# pinned\n- name: a\n  newName:   b\n  newTag: v1\n- name: d\n  newTag: v2\n- name: e\n  newName: f\n  newTag: v3\nresources: [c]   # spaced\n',
    );
    expect(promotion.warnings).toEqual([]);
  });

  it('what the same place has, where versions differ: else what the same file has', () => {
    const from = { 'a.yaml': 'web: {image: w:2}\ncanary: {image: w:3}\n', 'b.yaml': 'image: w:4\n' };
    const to = { 'a.yaml': 'canary: {image: w:1}\nweb: {image: w:1}\n', 'b.yaml': 'deep: {image: w:1}\n' };

    expect(promote('- image: w', from, to).files.map((file) => file.after)).toEqual([
      'canary: {image: w:3}\nweb: {image: w:2}\n',
      'deep: {image: w:4}\n',
    ]);
  });

  it('into the files that its globs name, and no others', () => {
    const files = { 'x/a.yaml': 'image: w:1\n', 'x/y/a.yaml': 'image: w:1\n', 'x/y/b.yml': 'image: w:1\n', 'z.json': '{"image": "w:1"}\n' };
    const changed = (glob: string): readonly string[] =>
      promote(`- {image: w, files: ${glob}}`, { ...files, 'src.yaml': '' }, files).files.map(({ file }) => file);
    const from = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, text.replace('w:1', 'w:2')]));
    const promoted = (glob: string): readonly string[] =>
      promote(`- {image: w, files: ${glob}}`, from, files).files.map(({ file }) => file);

    expect(changed('"**/*"')).toEqual([]);
    expect(promoted('"*.json"')).toEqual(['z.json']);
    expect(promoted('"x/*.yaml"')).toEqual(['x/a.yaml']);
    expect(promoted('"**/*.{yaml,yml}"')).toEqual(['x/a.yaml', 'x/y/a.yaml', 'x/y/b.yml']);
    expect(promoted('[x/y/?.yml, z.json]')).toEqual(['x/y/b.yml', 'z.json']);
  });

  it('nothing out of templates, and says so', () => {
    const promotion = promote(
      '- image: w',
      { 'a.yaml': 'image: w:2\n' },
      { 'a.yaml': 'image: w:1\n', 't.yaml': 'image: {{ .Values.x }}\n' },
    );

    expect(resultOf(promotion)).toBe('image: w:2\n');
    expect(promotion.warnings).toEqual(['t.yaml was passed over: it is no YAML, or a template that has not been rendered']);
  });
});

describe('a promotion refuses', () => {
  it.each<readonly [what: string, rule: string, from: Files, to: Files, why: string]>([
    [
      'an image that is nowhere in the source',
      '- image: w',
      { 'a.yaml': 'image: x:1' },
      { 'a.yaml': 'image: w:1' },
      'w: a version of the image w is nowhere in --from',
    ],
    [
      'an image without a version',
      '- image: w',
      { 'a.yaml': 'image: w' },
      { 'a.yaml': 'image: w:1' },
      'a version of the image w is nowhere in --from',
    ],
    [
      'an image that is nowhere in the target',
      '- image: w',
      { 'a.yaml': 'image: w:1' },
      { 'a.yaml': 'image: x:1' },
      'the image w is nowhere in --to',
    ],
    ['a chart that is nowhere', '- chart: c', { 'a.yaml': '{}' }, { 'a.yaml': '{}' }, 'the chart c is nowhere in --from'],
    ['a path that is nowhere', '- {path: a.b, files: a.yaml}', { 'a.yaml': 'a: {b: 1}' }, { 'a.yaml': 'a: {c: 1}' }, 'a.b is not in --to'],
    ['a path to a map', '- {path: a, files: a.yaml}', { 'a.yaml': 'a: {b: 1}' }, { 'a.yaml': 'a: {b: 2}' }, 'a is no scalar in --from'],
    [
      'a file that is nowhere',
      '- {path: a, files: b.yaml}',
      { 'a.yaml': 'a: 1' },
      { 'a.yaml': 'a: 2' },
      'a file of b.yaml is nowhere in both directories',
    ],
    ['references without a kustomization', '- references: w:1', {}, { 'a.yaml': 'a: 2' }, 'a kustomization is nowhere in --to'],
    [
      'a tag that would go down',
      '- image: w',
      { 'a.yaml': 'image: w:1.9.0' },
      { 'a.yaml': 'image: w:1.10.0' },
      'w: a.yaml /image would go down from :1.10.0 to :1.9.0',
    ],
    ...(
      [
        ['release-1.2', 'release-1.10'],
        ['build-41', 'build-42'],
        ['v1.2.3_1', 'v1.2.3_2'],
      ] as const
    ).map(
      ([to, from]) =>
        [
          `the tag ${to} over ${from}`,
          '- image: w',
          { 'a.yaml': `image: w:${to}` },
          { 'a.yaml': `image: w:${from}` },
          `w: a.yaml /image would go down from :${from} to :${to}`,
        ] as const,
    ),
    [
      'a chart that would go down',
      '- chart: c',
      { 'a.yaml': 'chart: c\nversion: 1.0.0-rc.1' },
      { 'a.yaml': 'chart: c\nversion: 1.0.0' },
      'would go down from 1.0.0 to 1.0.0-rc.1',
    ],
    [
      'a value that would go down',
      '- {path: v, files: a.yaml}',
      { 'a.yaml': 'v: 1.1' },
      { 'a.yaml': 'v: "1.2"' },
      'would go down from 1.2 to 1.1',
    ],
    [
      'a reference that would go down',
      '- references: w=*:v1.0.0',
      {},
      { 'kustomization.yaml': 'images: [{name: w, newTag: v1.1.0}]' },
      'would go down from :v1.1.0 to :v1.0.0',
    ],
    [
      'several versions of one image',
      '- image: w',
      { 'a.yaml': 'image: w:1', 'b.yaml': 'image: w:2' },
      { 'c.yaml': 'image: w:0' },
      'c.yaml/image: w has several versions in --from: :1, :2',
    ],
    [
      'a digest that values cannot hold',
      '- image: w',
      { 'a.yaml': `image: w:1@${digest}` },
      { 'a.yaml': 'repository: w\ntag: "0"' },
      `it has no digest to hold ${digest}`,
    ],
    [
      'rules that want different things of a place',
      '- {path: v, files: a.yaml}\n- {name: other, path: v, files: a.yaml, from: {path: w}}',
      { 'a.yaml': 'v: 1\nw: 2' },
      { 'a.yaml': 'v: 0' },
      'other: a.yaml v is to be 2, and by the rule rule 1 (v) 1',
    ],
    [
      'a value behind an alias',
      '- {path: b, files: a.yaml}',
      { 'a.yaml': 'b: 2' },
      { 'a.yaml': 'a: &x 1\nb: *x' },
      'b is no scalar in --to',
    ],
  ])('%s', (_what, rule, from, to, why) => {
    expect(() => promote(rule, from, to)).toThrow(RefusedError);
    expect(() => promote(rule, from, to)).toThrow(why);
  });

  it('tells all its reasons at once', () => {
    const rules = '- image: a\n- {image: b, name: the b}\n- chart: c';

    expect(() => promote(rules, { 'a.yaml': '- image: b:1.0' }, { 'a.yaml': '- image: b:2.0' })).toThrow(
      'nothing was promoted: a: a version of the image a is nowhere in --from; the b: a.yaml /0/image would go down from :2.0 to :1.0; c: the chart c is nowhere in --from',
    );
  });

  it('not a pre-release with a higher number', () => {
    expect(resultOf(promote('- image: w', { 'a.yaml': 'image: w:1.2.3-rc10' }, { 'a.yaml': 'image: w:1.2.3-rc9' }))).toBe(
      'image: w:1.2.3-rc10',
    );
  });

  it('not versions that cannot be compared, of which it warns', () => {
    const images = (tags: readonly string[]): Files => ({ 'a.yaml': tags.map((tag, index) => `- image: w${index}:${tag}`).join('\n') });
    const rules = '- image: "w*"';
    const few = promote(rules, images(['9f1c2ab', 'latest', 'blue']), images(['1234567', '1.0.0', 'green']));
    const many = promote(rules, images(Array(7).fill('9f1c2ab')), images(Array(7).fill('1234567')));
    const known = promote(rules, images(['9f1c2ab']), images(['1234567']), { allowDowngrade: true });

    expect(few.warnings).toEqual(['cannot be compared, so that a step down would not be seen: w0 1234567 -> 9f1c2ab, w1 1.0.0 -> latest']);
    expect(many.warnings).toEqual([expect.stringMatching(/: w0 .*w4 1234567 -> 9f1c2ab and 2 more$/)]);
    expect(known.warnings).toEqual([]);
  });

  it('unless the rules, or the caller, allow it', () => {
    const [from, to] = [{ 'a.yaml': 'image: w:1.0' }, { 'a.yaml': 'image: w:2.0' }];

    expect(resultOf(promote('- {image: w, allowDowngrade: true}', from, to))).toBe('image: w:1.0');
    expect(resultOf(promote('- image: w', from, to, { allowDowngrade: true }))).toBe('image: w:1.0');
    expect(resultOf(promote('- {image: nowhere, optional: true}\n- image: w', { 'a.yaml': 'image: w:3.0' }, to))).toBe('image: w:3.0');
  });
});

describe('a promotion', () => {
  it('changes nothing the second time', () => {
    const tag = fc.constantFrom('v1', '1.20', '0x10', '3.2e2', '2026-01-02', 'yes', 'main-9f1c2ab');
    const version = fc.tuple(tag, fc.boolean()).map(([one, pinned]) => ({ tag: one, digest: pinned ? digest : '' }));
    const written = fc.oneof(
      version.map(({ tag, digest: pinned }) => `image: r.io/web:${tag}${pinned && `@${pinned}`}\n`),
      version.map(({ tag, digest: pinned }) => `repository: r.io/web\ntag: '${tag}'\ndigest: "${pinned}"\n`),
      version.map(
        ({ tag, digest: pinned }) =>
          `kind: Kustomization\nimages:\n- name: r.io/web\n  newTag: "${tag}"\n${pinned && `  digest: ${pinned}\n`}`,
      ),
    );
    void fc.assert(
      fc.property(written, fc.array(written, { minLength: 1, maxLength: 4 }), (source, targets) => {
        const from = { 'a.yaml': source };
        const to = Object.fromEntries(targets.map((text, index) => [`${index}.yaml`, text]));
        const once = promote('- {image: r.io/web, allowDowngrade: true}', from, to);
        const become = { ...to, ...Object.fromEntries(once.files.map((file) => [file.file, file.after])) };

        expect(promote('- {image: r.io/web, allowDowngrade: true}', from, become).files).toEqual([]);
        expect(once.items).toHaveLength(targets.length);
      }),
    );
  });
});

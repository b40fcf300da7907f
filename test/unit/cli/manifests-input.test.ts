import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../bin/manifests-input.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { folderWith } from './temp-folder.ts';

const deployment = (name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop}\nspec: {replicas: 2}\n`;

async function read(text: string): ReturnType<typeof readManifests> {
  return readManifests(['-'], { stdin: Readable.from([text]) });
}

async function namesIn(text: string): Promise<(string | undefined)[]> {
  return (await read(text)).objects.map((object) => object.metadata?.name);
}

async function refusal(text: string): Promise<BadInputError> {
  const error: unknown = await read(text).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BadInputError);
  return error as BadInputError;
}

describe('reading manifests', () => {
  it('reads several documents, and passes over empty ones', async () => {
    expect(await namesIn(`---\n${deployment('a')}---\n---\n# only a comment\n---\n${deployment('b')}...\n`)).toEqual(['a', 'b']);
  });

  it('takes lists apart, also nested and typed ones whose items have no kind', async () => {
    const text = JSON.stringify({
      kind: 'List',
      items: [
        { kind: 'DeploymentList', apiVersion: 'apps/v1', items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }] },
        { kind: 'CronJob', apiVersion: 'batch/v1', metadata: { name: 'c' } },
      ],
    });

    const { objects } = await read(text);

    expect(objects.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata?.name])).toEqual([
      ['apps/v1', 'Deployment', 'a'],
      ['apps/v1', 'Deployment', 'b'],
      ['batch/v1', 'CronJob', 'c'],
    ]);
  });

  it('names the kinds that people may expect to sleep and that do not, and no others', async () => {
    const kinds = ['DaemonSet', 'ScaledObject', 'DaemonSet', 'Service', 'ConfigMap'];
    const others = kinds.map((kind, index) => `kind: ${kind}\nmetadata: {name: x${index}}\n`).join('---\n');

    const { objects, warnings } = await read(`${deployment('a')}---\n${others}`);

    expect(objects).toHaveLength(1);
    expect(warnings).toEqual(['2 DaemonSets, 1 ScaledObject passed over: only Deployments, StatefulSets and CronJobs sleep']);
    expect((await read(deployment('a'))).warnings).toEqual([]);
  });

  it.each(['{}', '5', '[null]', 'text'])('refuses ownerReferences: %s, which no API server would take', async (owners) => {
    const error = await refusal(`kind: Deployment\nmetadata: {name: a, ownerReferences: ${owners}}\n`);

    expect(error.message).toBe(
      'standard input, document 1 (line 1): Deployment a cannot be used: metadata.ownerReferences is not a list of owners',
    );
    expect(error.hint).toMatch(/kubectl/);
  });

  it('reads JSON, with a byte order mark too', async () => {
    const text = JSON.stringify({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' } });

    expect(await namesIn(text)).toEqual(['db']);
    expect(await namesIn(`\ufeff${text}`)).toEqual(['db']);
  });

  it('reads JSON documents that follow each other without a line between, as kubectl does', async () => {
    const json = (name: string): string => JSON.stringify({ kind: 'Deployment', metadata: { name, labels: { '}{': '\\"}{' } } });

    expect(await namesIn(`${json('a')}\n${json('b')}\n`)).toEqual(['a', 'b']);
    expect(await namesIn(`${json('a')}${json('b')}\n\n ${JSON.stringify(JSON.parse(json('c')), undefined, 2)}`)).toEqual(['a', 'b', 'c']);
    expect(await namesIn(`${json('a')}\n---\n${json('b')}\n`)).toEqual(['a', 'b']);
    expect((await refusal(`${json('a')}\n\n{"kind":"Deployment"}`)).message).toContain('standard input, document 2 (line 3)');
    expect((await refusal(`${json('a')}\n{"kind":`)).message).toContain('line 2');
  });

  it('reads a string of megabytes between two JSON documents', async () => {
    const large = JSON.stringify({ kind: 'ConfigMap', data: { text: '\n'.repeat(4_000_000) } });

    expect(await namesIn(`${large}\n{"kind":"Deployment","metadata":{"name":"a"}}`)).toEqual(['a']);
  });

  it('keeps a ScaledObject that names a target, however its metadata looks, and says that it does not sleep itself', async () => {
    const scaled = 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {generateName: q-}\nspec: {scaleTargetRef: {name: a}}\n';

    const { objects, warnings } = await read(`${scaled}---\n${deployment('a')}`);

    expect(objects.map(({ kind }) => kind)).toEqual(['ScaledObject', 'Deployment']);
    expect(warnings).toEqual(['1 ScaledObject passed over: only Deployments, StatefulSets and CronJobs sleep']);
  });

  it('takes kinds of other API groups for none of ours, and says so', async () => {
    const foreign =
      'apiVersion: apps.kruise.io/v1beta1\nkind: StatefulSet\nmetadata: {}\n---\napiVersion: example.com/v1\nkind: Deployment\n';
    const old =
      'apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: old}\n---\napiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: job}\n';

    const { objects, warnings } = await read(`${foreign}---\n${foreign}---\n${old}`);

    expect(objects.map(({ metadata }) => metadata?.name)).toEqual(['old', 'job']);
    expect(warnings).toEqual([
      '2 StatefulSets of apps.kruise.io, 2 Deployments of example.com passed over: only Deployments, StatefulSets and CronJobs sleep',
    ]);
  });

  it('passes over an object that has no name before it is created, and reads the rest', async () => {
    const { objects, warnings } = await read(`kind: Deployment\nmetadata: {generateName: web-}\n---\n${deployment('a')}`);

    expect(objects.map(({ metadata }) => metadata?.name)).toEqual(['a']);
    expect(warnings).toEqual([
      expect.stringMatching(/^standard input, document 1 \(line 1\): Deployment web-\* passed over: .*generateName/),
    ]);
  });

  it('passes over what is no Kubernetes object in a directory, and refuses it in a file that is named', async () => {
    const folder = await folderWith({
      'a.yaml': deployment('a'),
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'values.yaml': 'image: {tag: 1}\n---\n- a list\n',
      'broken/b.yaml': 'kind: List\nitems: []\n',
    });
    const stdin = Readable.from([]);

    const { objects, warnings } = await readManifests([folder], { stdin });

    expect(objects.map(({ metadata }) => metadata?.name)).toEqual(['a']);
    expect(warnings).toEqual([
      expect.stringMatching(
        /kustomization\.yaml, document 1 \(line 1\) passed over: it is an object without kind, not a Kubernetes object$/,
      ),
      expect.stringMatching(/values\.yaml, document 1 \(line 1\) passed over/),
      expect.stringMatching(/values\.yaml, document 2 \(line 3\) passed over: it is a list without kind/),
    ]);
    await expect(readManifests([`${folder}/values.yaml`], { stdin })).rejects.toThrow('it is an object without kind');
  });

  it('does not look into hidden files and folders of a directory', async () => {
    const folder = await folderWith({
      'a.yaml': deployment('a'),
      '.hidden.yaml': 'a: [',
      '.github/workflows/ci.yaml': 'a: [',
      'b/.c/d.json': '{',
    });

    expect((await readManifests([folder], { stdin: Readable.from([]) })).objects).toHaveLength(1);
  });

  it('reads a directory with everything below it in name order, and only manifests', async () => {
    const folder = await folderWith({
      'b.yml': deployment('b'),
      'a/deep/er/a.yaml': deployment('a'),
      'c.json': JSON.stringify({ kind: 'Deployment', metadata: { name: 'c' } }),
      'README.md': '# not: [a manifest',
    });

    const { objects } = await readManifests([folder], { stdin: Readable.from([]) });

    expect(objects.map((object) => object.metadata?.name)).toEqual(['a', 'b', 'c']);
  });

  it('ignores objects of other kinds, however they look', async () => {
    expect(await namesIn(`kind: Service\nmetadata: nonsense\n---\nkind: HelmChartConfig\nspec: {a: 1}\n---\n${deployment('a')}`)).toEqual([
      'a',
    ]);
  });

  it('puts objects without a namespace into default, and Namespaces into none', async () => {
    const { objects } = await read(
      'kind: Deployment\nmetadata: {name: a}\n---\nkind: Deployment\nmetadata: {name: a, namespace: ""}\n---\nkind: Namespace\nmetadata: {name: shop}\n',
    );

    expect(objects.map((object) => object.metadata?.namespace)).toEqual(['default', 'default', undefined]);
  });

  it('reads an annotation that lost its quotes as it was written, and says so', async () => {
    const { objects, warnings } = await read(
      'kind: Deployment\nmetadata: {name: a, annotations: {downscaler/exclude: true, x: 2, "y": null}}\n',
    );

    expect(objects[0]?.metadata?.annotations).toEqual({ 'downscaler/exclude': 'true', x: '2', y: '' });
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toContain('standard input, document 1 (line 1): Deployment a: annotations: downscaler/exclude');
  });

  it('resolves anchors and merge keys as kubectl does', async () => {
    const { objects } = await read('kind: Deployment\nmetadata: {name: a}\nx: &base {replicas: 7}\nspec: {<<: *base}\n');

    expect(objects[0]).toMatchObject({ spec: { replicas: 7 } });
  });
});

describe('refusing manifests', () => {
  it('names the document, the line and the column of a syntax error', async () => {
    const error = await refusal(`${deployment('a')}---\nkind: Deployment\nmetadata: {name: a\nspec:\n`);

    expect(error.message).toMatch(/^standard input, document 2 cannot be read: line \d+, column \d+: /);
  });

  it('does not repeat lines of the file, which may hold secrets', async () => {
    const error = await refusal('kind: Secret\nstringData: {password: hunter2\n');

    expect(`${error.message} ${error.hint}`).not.toContain('hunter2');
  });

  it.each([
    ['kind: Deployment\nmetadata: {}\n', 'document 1 (line 1) cannot be used: the Deployment has no metadata.name'],
    ['kind: Deployment\nmetadata: {name: 123}\n', 'document 1 (line 1): Deployment cannot be used: metadata.name is not a string'],
    ['kind: Deployment\nmetadata: {name: a, namespace: 5}\n', 'Deployment a cannot be used: metadata.namespace is not a string'],
    ['- kind: Deployment\n', 'it is a list without kind, not a Kubernetes object'],
    ['just words\n', 'it is a string, not a Kubernetes object'],
    ['metadata: {name: a}\n', 'it is an object without kind'],
    ['kind: List\nitems: 3\n', 'document 1 (line 1), items cannot be used: it is a number'],
    ['kind: List\nitems: [{kind: Deployment, metadata: {name: a}}, 7]\n', 'items[1] cannot be used: it is a number'],
    ['kind: Deployment\nmetadata: {name: a, annotations: [1]}\n', 'annotations cannot be read: it is not a map'],
    ['kind: Deployment\nmetadata: {name: a, annotations: {b: {c: d}}}\n', 'annotations.b cannot be read: it is not a text'],
    ['kind: Deployment\nmetadata: {name: a}\nspec: {replicas: "3"}\n', 'spec.replicas is not a whole number'],
    ['kind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2147483648}\n', 'spec.replicas is more than Kubernetes can hold'],
    ['kind: CronJob\nmetadata: {name: a}\nspec: {suspend: "yes"}\n', 'spec.suspend is neither true nor false'],
    ['kind: Deployment\nkind: Deployment\nmetadata: {name: a}\n', 'line 2'],
    ['', 'there is nothing in it'],
    ['---\n# nothing\n', 'there is nothing in it'],
  ])('%j: %s', async (text, message) => {
    const error = await refusal(text);

    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });

  it('refuses a YAML bomb in no time', async () => {
    const levels = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level++)
      levels.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );

    expect((await refusal(levels.join('\n'))).message).toContain('was refused: excessive alias count');
  });

  it('refuses what is nested beyond reason', async () => {
    expect((await refusal(`a: ${'['.repeat(20_000)}`)).message).toContain('nested too deeply');
    expect((await refusal(`${'{"kind":"List","items":['.repeat(5_000)}${']}'.repeat(5_000)}`)).message).toContain('nested too deeply');
  });

  it('refuses more than 64 MiB', async () => {
    const chunk = '#'.repeat(1024 * 1024);
    const endless = Readable.from(
      (function* () {
        for (;;) yield chunk;
      })(),
    );

    await expect(readManifests(['-'], { stdin: endless })).rejects.toThrow(
      'standard input was not read: all input together is larger than 64 MiB',
    );
  });

  it('says which file or directory cannot be read, and why', async () => {
    const folder = await folderWith({ 'notes.txt': 'x' });
    const stdin = Readable.from([]);

    await expect(readManifests([`${folder}/absent.yaml`], { stdin })).rejects.toThrow(
      'absent.yaml cannot be read: there is no such file or directory',
    );
    await expect(readManifests([folder], { stdin })).rejects.toThrow('holds no .yaml, .yml or .json file');
    await expect(readManifests([`${folder}/notes.txt/x`], { stdin })).rejects.toThrow('is not a directory');
  });
});

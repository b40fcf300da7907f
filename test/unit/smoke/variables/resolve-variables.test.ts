import { describe, expect, it } from 'vitest';
import type { KubernetesClient } from '../../../../lib/kubernetes/client.ts';
import { BadInputError, DeadlineError } from '../../../../lib/platform/errors.ts';
import { ParameterError } from '../../../../lib/platform/parameter-error.ts';
import { Secret } from '../../../../lib/platform/secret.ts';
import type { VariableSource } from '../../../../lib/smoke/suite/suite.ts';
import { resolveVariables } from '../../../../lib/smoke/variables/resolve-variables.ts';
import type { VariablePlaces } from '../../../../lib/smoke/variables/variable-places.ts';
import { VariablesError } from '../../../../lib/smoke/variables/variables-error.ts';

const objects: Readonly<Record<string, unknown>> = {
  'configmaps shop/web': { data: { VERSION: '2.4.1' }, binaryData: { BLOB: Buffer.from('bytes').toString('base64') } },
  'secrets shop/login': { data: { password: Buffer.from('hünter2').toString('base64') } },
};

function cluster(): { readonly open: () => Promise<KubernetesClient>; readonly asked: string[] } {
  const asked: string[] = [];
  const get = async ({ plural }: { plural: string }, { namespace, name }: { namespace: string; name: string }): Promise<unknown> => {
    asked.push(`${plural} ${namespace}/${name}`);
    return objects[`${plural} ${namespace}/${name}`];
  };
  return { open: async () => ({ get }) as unknown as KubernetesClient, asked };
}

const places = (over: Partial<VariablePlaces> = {}): VariablePlaces => ({
  given: new Map(),
  env: { SMOKE_USER: 'me', EMPTY: '' },
  parameters: {
    get: async (name) => `plain ${name}`,
    secret: async (name) => new Secret(`secret ${name}`),
  },
  secrets: { secret: async ({ name, jsonKey }) => new Secret(`${name} ${jsonKey}`) },
  cluster: cluster().open,
  ...over,
});

const resolve = (variables: Readonly<Record<string, VariableSource>>, over: Partial<VariablePlaces> = {}) =>
  resolveVariables({ variables }, places(over));
const failure = (variables: Readonly<Record<string, VariableSource>>, over: Partial<VariablePlaces> = {}) =>
  resolve(variables, over).then(
    () => undefined,
    (error: unknown) => error,
  );

const inSecret = (key: string): VariableSource => ({ kind: 'secret', namespace: 'shop', name: 'login', key, secret: true });
const inConfigMap = (key: string): VariableSource => ({ kind: 'configMap', namespace: 'shop', name: 'web', key, secret: false });

describe('variables are read', () => {
  it.each<[string, VariableSource, string]>([
    ['the suite itself', { kind: 'value', value: 'x', secret: false }, 'x'],
    ['the environment', { kind: 'env', name: 'SMOKE_USER', secret: true }, 'me'],
    ['the environment, empty as they may be', { kind: 'env', name: 'EMPTY', secret: false }, ''],
    ['a ConfigMap', inConfigMap('VERSION'), '2.4.1'],
    ['a ConfigMap, in base64', inConfigMap('BLOB'), 'bytes'],
    ['a Secret', inSecret('password'), 'hünter2'],
    ['Parameter Store', { kind: 'ssm', name: '/a', secret: false }, 'plain /a'],
    ['Parameter Store, decrypted', { kind: 'ssm', name: '/a', secret: true }, 'secret /a'],
    ['Secrets Manager', { kind: 'secretsManager', id: 'shop/api', key: 'key', secret: true }, 'shop/api key'],
  ])('from %s', async (_, source, text) => {
    expect(await resolve({ name: source })).toEqual(new Map([['name', { text, secret: source.secret }]]));
  });

  it('from the caller above all, and stay secret', async () => {
    const values = await resolve(
      { a: { kind: 'given', secret: true }, b: inConfigMap('VERSION') },
      {
        given: new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      },
    );

    expect(values).toEqual(
      new Map([
        ['a', { text: '1', secret: true }],
        ['b', { text: '2', secret: false }],
      ]),
    );
  });

  it('with what the caller expects, which no suite declares', async () => {
    const values = await resolve({}, { given: new Map([['expected.version', '2.4.1']]) });

    expect(values.get('expected.version')).toEqual({ text: '2.4.1', secret: false });
  });

  it('with one request for each object, and none when nothing is in the cluster', async () => {
    const { open, asked } = cluster();

    await resolve({ a: inConfigMap('VERSION'), b: inConfigMap('BLOB'), c: inSecret('password') }, { cluster: open });
    expect(asked.sort()).toEqual(['configmaps shop/web', 'secrets shop/login']);

    await resolve({ a: { kind: 'value', value: '', secret: false } }, { cluster: () => Promise.reject(new Error('opened')) });
  });
});

describe('variables that cannot be read', () => {
  it('are told together, with what to do', async () => {
    const error = await failure({
      a: { kind: 'given', secret: false },
      b: { kind: 'env', name: 'NOPE', secret: false },
      c: inSecret('user'),
    });

    expect(error).toBeInstanceOf(BadInputError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /variable a has no value: .*; variable b has no value: .*NOPE is not set; variable c .*Secret shop\/login has no key user/,
      ),
      hint: expect.stringContaining('choose one of its keys: password'),
    });
  });

  it('are no mistake of the input when a place does not answer', async () => {
    const busy = new ParameterError('parameter /a could not be read: busy', { parameter: '/a', retryable: true });
    const parameters = { get: () => Promise.reject(busy), secret: () => Promise.reject(busy) };

    const error = await failure({ a: { kind: 'ssm', name: '/a', secret: true } }, { parameters });

    expect(error).toBeInstanceOf(VariablesError);
    expect(error).toMatchObject({ code: 'variables', retryable: true, errors: [busy] });
  });

  it.each<[string, VariableSource, Partial<VariablePlaces>]>([
    ['the environment', { kind: 'env', name: 'SMOKE_USER', secret: false }, {}],
    ['a cluster', inConfigMap('VERSION'), {}],
    ['Parameter Store', { kind: 'ssm', name: '/a', secret: true }, {}],
    ['Secrets Manager', { kind: 'secretsManager', id: 'a', secret: true }, {}],
  ])('because %s is not within reach are bad input', async (_, source) => {
    const error = await resolveVariables({ variables: { a: source } }, { given: new Map() }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(BadInputError);
  });

  it.each([
    ['bsae', 'did you mean base?'],
    ['something-else', 'declare it under variables'],
  ])('because the suite has none named %s are a mistake of the caller', async (name, hint) => {
    const error = await failure({ base: { kind: 'value', value: 'x', secret: false } }, { given: new Map([[name, 'y']]) });

    expect(error).toBeInstanceOf(BadInputError);
    expect(error).toMatchObject({ hint: expect.stringContaining(hint) });
  });

  it('name the one that was waited for when the time is up', async () => {
    const stop = AbortSignal.abort(new DeadlineError('the run stopped'));
    const parameters = { get: () => Promise.reject(stop.reason), secret: () => Promise.reject(stop.reason) };

    const resolved = resolveVariables({ variables: { a: { kind: 'ssm', name: '/a', secret: true } } }, places({ parameters }), stop);

    await expect(resolved).rejects.toThrow(DeadlineError);
    await expect(resolved).rejects.toThrow('variable a has no value: it was not read before the time was up');
  });

  it('end with the signal of the caller', async () => {
    const stop = AbortSignal.abort(new Error('the time was up'));
    const parameters = { get: () => Promise.reject(stop.reason), secret: () => Promise.reject(stop.reason) };

    await expect(
      resolveVariables({ variables: { a: { kind: 'ssm', name: '/a', secret: true } } }, places({ parameters }), stop),
    ).rejects.toThrow('the time was up');
  });
});

import { describe, expect, it } from 'vitest';
import { BadInputError, RefusedError } from '../../../lib/platform/errors.ts';
import type { ParameterToWrite, ParameterWriter, StoredParameter } from '../../../lib/platform/parameter-writer.ts';
import { putParameters } from '../../../lib/terraform/put-parameters.ts';
import { ssmFormat } from '../../../lib/terraform/ssm-format.ts';
import { outputsOf } from './documents.ts';

/** A store in memory, whose writes fail from a given one on. */
function storeOf(stored: Readonly<Record<string, StoredParameter>>, failAt = Number.POSITIVE_INFINITY) {
  const written: ParameterToWrite[] = [];
  const writer: ParameterWriter = {
    read: async (names) => new Map(Object.entries(stored).filter(([name]) => names.includes(name))),
    write: async (parameter) => {
      if (written.length + 1 >= failAt) throw new Error('denied');
      written.push(parameter);
    },
  };
  return { writer, written };
}

describe('parameters of outputs', () => {
  it('have a type by the sensitivity of the output, and JSON for what is no text', () => {
    const { parameters, left } = ssmFormat(outputsOf({ vpc: 'v', db: 'p', list: ['a'], none: null }, ['db']), '/shop/dev/');

    expect(parameters).toEqual([
      { output: 'vpc', name: '/shop/dev/vpc', type: 'String', value: 'v' },
      { output: 'db', name: '/shop/dev/db', type: 'SecureString', value: 'p' },
      { output: 'list', name: '/shop/dev/list', type: 'String', value: '["a"]' },
    ]);
    expect(left).toEqual(['none']);
  });

  it.each(['shop', '/shop//dev', '/a b', '/aws/x', '/ssm', `/${'a/'.repeat(16)}`, '//'])('have no prefix %j', (prefix) => {
    expect(() => ssmFormat([], prefix)).toThrow(BadInputError);
  });

  it.each([
    [{ empty: '' }, 'it is empty'],
    [{ größe: 'x' }, 'its name holds what parameter names do not'],
    [{ big: 'ü'.repeat(2_049) }, 'larger than 4096 bytes'],
    [{ ['n'.repeat(1_010)]: 'x' }, 'longer than 1011'],
  ])('are refused where the store would refuse them: %.30j', (values, why) => {
    expect(() => ssmFormat(outputsOf(values), '/p')).toThrow(RefusedError);
    expect(() => ssmFormat(outputsOf(values), '/p')).toThrow(why);
  });
});

describe('putting parameters', () => {
  const { parameters } = ssmFormat(outputsOf({ a: '1', b: '2', c: '3' }), '/p');

  it('writes what is new or different, and nothing twice', async () => {
    const { writer, written } = storeOf({ '/p/a': { type: 'String', value: '1' }, '/p/b': { type: 'String', value: 'old' } });

    const { items, error } = await putParameters(parameters, writer);

    expect(items.map(({ action }) => action)).toEqual(['unchanged', 'changed', 'created']);
    expect(written.map(({ name }) => name)).toEqual(['/p/b', '/p/c']);
    expect(error).toBeUndefined();
  });

  it('writes nothing when one cannot become what it is to be', async () => {
    const { writer, written } = storeOf({ '/p/c': { type: 'SecureString', value: '3' } });

    await expect(putParameters(parameters, writer)).rejects.toThrow(
      'parameter /p/c is a SecureString, and output c would make it a String',
    );
    expect(written).toEqual([]);
  });

  it('stops at the first failure and says what was done', async () => {
    const { writer } = storeOf({}, 2);

    const { items, error } = await putParameters(parameters, writer);

    expect(items.map(({ action }) => action)).toEqual(['created', 'failed', 'left']);
    expect(error).toMatchObject({ message: 'denied' });
  });
});

import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { outputAccess } from '../../../lib/terraform/output-access.ts';
import { TerraformOutputError } from '../../../lib/terraform/output-error.ts';
import { fitsDouble, isEqual } from '../../../lib/terraform/value.ts';
import { outputsOf } from './documents.ts';

const access = outputAccess(
  outputsOf({
    vpc: { id: 'vpc-1', subnets: ['a', 'b', null], ports: [new LosslessNumber('443')], public: false },
    tags: { 'a.b': 'dot', 'say "x"': 'quote', '0': 'zero' },
    big: new LosslessNumber('12345678901234567890123456789'),
    nothing: null,
    'kebab-name': 'k',
  }),
);

describe('typed access', () => {
  it('reads values by their paths', () => {
    expect(access.string('vpc.id')).toBe('vpc-1');
    expect(access.string('vpc.subnets[1]')).toBe('b');
    expect(access.number('vpc.ports[0]')).toBe(443);
    expect(access.digits('big')).toBe('12345678901234567890123456789');
    expect(access.boolean('vpc.public')).toBe(false);
    expect(access.list('vpc.subnets')).toEqual(['a', 'b', null]);
    expect(Object.keys(access.object('vpc'))).toEqual(['id', 'subnets', 'ports', 'public']);
    expect(access.value('nothing')).toBeNull();
    expect(access.string('tags["a.b"]')).toBe('dot');
    expect(access.string('tags["say \\"x\\""]')).toBe('quote');
    expect(access.string('tags[0]')).toBe('zero');
    expect(access.string('kebab-name')).toBe('k');
  });

  it.each([
    [() => access.string('vpc.subnets[2]'), 'outputs.vpc.subnets[2]: wanted a string, found null'],
    [() => access.string('vpc.subnets'), 'outputs.vpc.subnets: wanted a string, found a list'],
    [() => access.number('vpc.id'), 'outputs.vpc.id: wanted a number, found a string'],
    [() => access.boolean('vpc'), 'outputs.vpc: wanted a boolean, found an object'],
    [() => access.list('vpc.public'), 'outputs.vpc.public: wanted a list, found a boolean'],
    [() => access.object('big'), 'outputs.big: wanted an object, found a number'],
    [() => access.number('big'), 'outputs.big: wanted a number, found one that a JavaScript number cannot hold exactly'],
    [() => access.string('vpc.subnets[3]'), 'outputs.vpc.subnets[3]: there is no such element: the list has 3'],
    [() => access.string('vpc.subnet'), 'outputs.vpc.subnet: there is no such attribute; did you mean subnets?'],
    [() => access.string('tags["x.y"]'), 'outputs.tags["x.y"]: there is no such attribute'],
    [() => access.string('constructor'), 'outputs.constructor: there is no such output'],
    [() => access.string('tgs'), 'did you mean tags?'],
    [() => access.string('vpc.id.x'), 'outputs.vpc.id: wanted an object, found a string'],
    [() => access.string('nothing[0]'), 'outputs.nothing: wanted a list, found null'],
    [() => access.string('vpc.subnets.a'), 'outputs.vpc.subnets: wanted an object, found a list'],
  ])('%s', (read, message) => {
    expect(read).toThrow(TerraformOutputError);
    expect(read).toThrow(message);
  });

  it.each(['', '.', 'a..b', 'a[', 'a[-1]', 'a["x', 'a["\\u12"]', '[0]', 'a b', 'a.'])('refuses %j for a path', (path) => {
    expect(() => access.value(path)).toThrow(BadInputError);
  });
});

describe('numbers', () => {
  it.each([
    ['0.1', true],
    ['1e400', false],
    ['-0', true],
    ['1.50', true],
    ['100000000000000000000000', true],
    ['9007199254740993', false],
    [`0.${'0'.repeat(29)}1`, true],
    ['1e-400', false],
    ['0.1000000000000000055511151231257827', false],
  ])('%s fits into a double: %s', (text, fits) => {
    expect(fitsDouble(text)).toBe(fits);
  });

  it('are equal however they are written', () => {
    expect(isEqual(new LosslessNumber('1.0e2'), new LosslessNumber('100'))).toBe(true);
    expect(isEqual(new LosslessNumber('0e5'), new LosslessNumber('-0.0'))).toBe(true);
    expect(isEqual(new LosslessNumber('9007199254740993'), new LosslessNumber('9007199254740992'))).toBe(false);
    expect(isEqual({ a: [1 as never] }, { b: [1 as never] })).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { chooseOutputs } from '../../../lib/terraform/choose.ts';
import { jsonText } from '../../../lib/terraform/json.ts';
import { readOutputs } from '../../../lib/terraform/outputs.ts';
import { typeText } from '../../../lib/terraform/type.ts';
import { outputsOf, outputsText, recorded } from './documents.ts';

const valuesOf = (text: string) => Object.fromEntries(readOutputs(text, 'test').outputs.map(({ name, value }) => [name, jsonText(value)]));

describe('outputs', () => {
  it('that Terraform has printed are read with their types, their marks and all digits', () => {
    const { outputs, warnings } = readOutputs(recorded('outputs'), 'test');
    const values = valuesOf(recorded('outputs'));

    expect(warnings).toEqual([]);
    expect(outputs.filter(({ sensitive }) => sensitive).map(({ name }) => name)).toEqual(['conn', 'db_password']);
    expect(values).toMatchObject({
      big: '12345678901234567890123456789',
      small: `0.${'0'.repeat(29)}1`,
      huge: `1${'0'.repeat(400)}`,
      half: '0.5',
    });
    expect(values.tags).toBe('{"Name":"x <y> & \\"z\\"","a.b":"c"}');
    expect(values.mixed).toBe('{"m":{"k":"v"},"n":null,"t":[1,"a",true,null]}');
    // Terraform leaves a null output out.
    expect(values).not.toHaveProperty('nothing');
    expect(Object.fromEntries(outputs.map(({ name, type }) => [name, typeText(type)]))).toMatchObject({
      azs: 'set(string)',
      conn: 'object({ host = string, password = string, port = number })',
      empty_list: 'tuple([])',
      empty_set: 'set(any)',
      mixed: 'object({ m = map(string), n = any, t = tuple([number, string, bool, any]) })',
      tags: 'object({ Name = string, "a.b" = string })',
    });
  });

  it.each([
    ['["object",{"a":"string","b":"number"},["b"]]', 'object({ a = string, b = optional(number) })'],
    ['["map",["list",["set","bool"]]]', 'map(list(set(bool)))'],
    ['["object",{}]', 'object({})'],
    ['"map"', 'map(any)'],
  ])('may have the type %s', (type, text) => {
    const { outputs, warnings } = readOutputs(`{"a":{"sensitive":false,"type":${type},"value":null}}`, 'test');

    expect(outputs.map((output) => typeText(output.type))).toEqual([text]);
    expect(warnings).toEqual([]);
  });

  it.each(['["list"]', '["tuple","string"]', '["object",["a"]]', '"capsule"', '["tuple",["string",["x"]]]', '7'])(
    'of a type that is not known, as %s, are read with a warning',
    (type) => {
      const { outputs, warnings } = readOutputs(`{"a":{"sensitive":true,"type":${type},"value":"x"}}`, 'test');

      expect(outputs).toEqual([{ name: 'a', sensitive: true, type: { kind: 'dynamic' }, value: 'x' }]);
      expect(warnings).toEqual(['output a has a type that is not known; it is read as its value is written']);
    },
  );

  it('may have names that mean something in JavaScript', () => {
    expect(valuesOf('{"__proto__":{"value":1},"constructor":{"value":2},"toString":{"value":3}}')).toEqual(
      Object.fromEntries([
        ['__proto__', '1'],
        ['constructor', '2'],
        ['toString', '3'],
      ]),
    );
  });

  it('that are none are told, for Terraform succeeds with them too', () => {
    expect(readOutputs('{}\n', 'terraform output')).toEqual({
      outputs: [],
      warnings: [expect.stringMatching(/^terraform output: there are no outputs: .*no state yet, or in the wrong directory/)],
    });
  });
});

describe('the noise around outputs', () => {
  const document = outputsText({ vpc: 'a } " { \\ b' });

  it.each([
    ['setup-terraform', `[command]/tmp/x/terraform-bin output -json\n${document}\n\n::debug::exitcode: 0\n`, 1, 1],
    ['retries of HCP Terraform', `Error: HTTP 502 {"retry":\nRetrying in 2s...\n${document}`, 2, 0],
    ['log lines in JSON', `{"level":"info","msg":"using 1.9.0"}\n{"a":{"b":1}}\n${document}\n`, 2, 0],
    ['braces that nobody closes', `{\nfunction() {\n${document}`, 2, 0],
    ['colours', `\u001b[1mUsing tofu\u001b[0m\n\u001b[0m${document}\u001b[0m`, 1, 0],
    ['an indent, and Windows', `noise\r\n  ${document}\r\n`, 1, 0],
  ])('of %s is passed over and told', (_, text, before, after) => {
    const { outputs, warnings } = readOutputs(text, 'stdin');

    expect(outputs.map(({ value }) => value)).toEqual(['a } " { \\ b']);
    expect(warnings).toEqual([expect.stringContaining(`found among other lines, ${before} before and ${after} after them`)]);
  });

  it('is none when there is only a byte order mark', () => {
    expect(readOutputs(`\uFEFF${document}\n`, 'test').warnings).toEqual([]);
  });

  it('does not take long to be passed over', () => {
    const started = performance.now();

    expect(() => readOutputs('{\n'.repeat(200_000), 'test')).toThrow(BadInputError);
    expect(() => readOutputs('{"a":\n'.repeat(50_000), 'test')).toThrow(BadInputError);

    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what is no outputs', () => {
  it.each([
    ['', 'it is empty', 'a failed command prints nothing'],
    ['{"a":{"value":"planted"', 'it is no JSON, and no outputs are in it', 'terraform output -json'],
    ['planted', 'it is no JSON, and no outputs are in it (line 1, column 1)', ''],
    ['"planted"', 'it is a single value', 'without the name of an output'],
    ['["planted"]', 'it is a single value', ''],
    [recorded('plan-change'), 'it is a plan, not outputs', 'nightshift terraform plan'],
    ['{"format_version":"1.0","values":{"outputs":{}}}', 'it is a state, not outputs', ''],
    ['{"version":4,"lineage":"planted","outputs":{}}', 'it is a state, not outputs', ''],
    ['{"a":"planted"}', 'it is JSON, but no outputs', ''],
    ['{"a":{"value":1,"sensitive":"yes"}}', 'it is JSON, but no outputs', ''],
    ['{"a":{"sensitive":true,"type":"string"}}', 'it is JSON, but no outputs', ''],
    ['{"a":1,"a":2}', 'it is no JSON', ''],
    [`${'['.repeat(100_000)}`, 'it is no JSON', ''],
    [Buffer.from('\uFEFF{"a":{"value":"x"}}', 'utf16le').toString('utf8'), 'it is not UTF-8 text', "PowerShell's >"],
  ])('%.40j is refused without being repeated', (text, why, hint) => {
    const error = (() => {
      try {
        return readOutputs(text, 'out.json');
      } catch (thrown) {
        return thrown;
      }
    })();

    expect(error).toBeInstanceOf(BadInputError);
    expect(error).toMatchObject({
      message: expect.stringContaining(`out.json cannot be read: ${why}`),
      hint: expect.stringContaining(hint),
    });
    expect(String(error)).not.toContain('planted');
  });
});

describe('a choice of outputs', () => {
  const outputs = outputsOf({ vpc_id: 'a', db: 'b', key: 'c' }, ['db', 'key']);

  it('is all of them unless names are given', () => {
    expect(chooseOutputs(outputs, { names: [], showSensitive: false })).toMatchObject({
      shown: [{ name: 'vpc_id' }],
      masked: ['db', 'key'],
    });
    expect(chooseOutputs(outputs, { names: ['db', 'vpc_id'], showSensitive: true })).toMatchObject({
      shown: [{ name: 'vpc_id' }, { name: 'db' }],
      masked: [],
    });
  });

  it('knows a name that is only mistyped', () => {
    expect(() => chooseOutputs(outputs, { names: ['vpc_di'], showSensitive: false })).toThrow('there is no output vpc_di');
    expect(() => chooseOutputs([], { names: ['x'], showSensitive: false })).toThrow(BadInputError);
  });
});

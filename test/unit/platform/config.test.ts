import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseConfig } from '../../../lib/platform/config.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';

const schema = z.object({
  STATE_BUCKET: z.string().describe('the name of the bucket for run plans'),
  CONCURRENCY: z.coerce.number().int().min(1).max(64).default(16).describe('how many writes may be in flight, 1 to 64'),
  STAGE: z.enum(['dev', 'prod']).optional(),
});

function failureOf(env: Record<string, string | undefined>, of: z.ZodObject = schema): BadInputError {
  try {
    parseConfig(of, env);
  } catch (error) {
    if (error instanceof BadInputError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('parseConfig', () => {
  it('reads what the schema names and nothing else of the environment', () => {
    expect(parseConfig(schema, { STATE_BUCKET: 'state', CONCURRENCY: '8', PATH: '/bin', HOME: undefined })).toEqual({
      STATE_BUCKET: 'state',
      CONCURRENCY: 8,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(parseConfig(schema, { STATE_BUCKET: 'state', CONCURRENCY: '' }).CONCURRENCY).toBe(16);
    expect(failureOf({ STATE_BUCKET: '' }).message).toContain('STATE_BUCKET is not set');
  });

  it('reports every problem at once, each with its variable, what is wrong and what to set', () => {
    const error = failureOf({ CONCURRENCY: 'many', STAGE: 'test' });

    expect(error.message).toBe(
      'configuration is not usable: ' +
        'STATE_BUCKET is not set (set it to the name of the bucket for run plans); ' +
        'CONCURRENCY is wrong: invalid input: expected number, received NaN (set it to how many writes may be in flight, 1 to 64); ' +
        'STAGE is wrong: invalid option: expected one of "dev"|"prod"',
    );
    expect(error.hint).toContain('environment variables');
  });

  it('says where inside a structured variable the problem is', () => {
    const json = z.object({
      POLICY: z
        .string()
        .transform((text) => JSON.parse(text) as unknown)
        .pipe(z.object({ windows: z.array(z.string()) })),
    });

    expect(failureOf({ POLICY: '{"windows":["a",2]}' }, json).message).toContain('POLICY is wrong at windows[1]: invalid input');
  });

  it('reports a rule over several variables without a variable', () => {
    const either = z.object({ A: z.string().optional(), B: z.string().optional() }).refine((config) => config.A ?? config.B, 'set A or B');

    expect(failureOf({}, either).message).toBe('configuration is not usable: set A or B');
  });

  it('never repeats a value, which may be a secret in the wrong place', () => {
    const strict = z.object({ TOKEN: z.string().min(99), LEVEL: z.enum(['a', 'b']), N: z.coerce.number(), URL: z.url() });
    const error = failureOf({ TOKEN: 'planted-0', LEVEL: 'planted-1', N: 'planted-2', URL: 'planted-3' }, strict);

    expect(`${error.message} ${error.hint}`).not.toContain('planted');
  });

  it('returns an object that can not be changed, at any depth', () => {
    const nested = z.object({ LIST: z.string().transform((text) => ({ items: text.split(',') })) });
    const config = parseConfig(nested, { LIST: 'a,b' });

    expect(Object.isFrozen(config)).toBe(true);
    expect(() => config.LIST.items.push('c')).toThrow(TypeError);
  });
});

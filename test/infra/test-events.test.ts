import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { eventSchemaOf } from './event-schemas.ts';
import { synthesise, vpcFile, wholeFile } from './stage.ts';
import { functions, prefix, testEvents } from './whole-stage.ts';

interface Schema {
  readonly Properties: { readonly SchemaName: string; readonly Content: string };
}

/** By the name of the event, what the console offers for a function. */
function offered(job: string, template = testEvents): Readonly<Record<string, unknown>> {
  const schemas = Object.values((template?.findResources('AWS::EventSchemas::Schema') ?? {}) as Record<string, Schema>);
  const [schema, ...more] = schemas.filter(({ Properties }) => Properties.SchemaName === `_${prefix}-${job}-schema`);
  if (!schema || more.length > 0) throw new Error(`${more.length + Number(schema !== undefined)} schemas are for ${job}`);
  const { components } = JSON.parse(schema.Properties.Content) as { components: { examples: Record<string, { value: unknown }> } };
  expect(schema.Properties).toMatchObject({ RegistryName: 'lambda-testevent-schemas', Type: 'OpenApi3' });
  return Object.fromEntries(Object.entries(components.examples).map(([name, { value }]) => [name, value]));
}

const folder = new URL('../../functions/', import.meta.url);
const handlers = readdirSync(folder).filter((job) => existsSync(new URL(`${job}/handler.ts`, folder)));

describe('the test events of the console', () => {
  it.each(functions.map(({ job, testEvents: events }) => [job, events] as const))('are those of %s', (job, events) => {
    expect(Object.keys(events).length).toBeGreaterThan(0);
    expect(offered(job)).toEqual(events);
  });

  it('are offered for every function that has a handler', () => {
    expect(handlers.length).toBeGreaterThan(0);
    expect(FUNCTIONS.map(({ job }) => job).sort()).toEqual(handlers.sort());
  });

  it.each(handlers)('of %s are events that its own schema accepts', (job) => {
    const schema = eventSchemaOf(job);

    for (const [name, event] of Object.entries(offered(job, synthesise(wholeFile).testEvents)))
      expect(schema.safeParse(event), name).toMatchObject({ success: true });
  });

  it('join a registry that is there already without making it', () => {
    const existing = synthesise(vpcFile).testEvents;

    expect(existing?.findResources('AWS::EventSchemas::Registry')).toEqual({});
    expect(Object.keys(existing?.findResources('AWS::EventSchemas::Schema') ?? {})).toHaveLength(FUNCTIONS.length);
  });
});

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Expectation, RecordFields, RecordValue } from '../../records/records-table.ts';

/** An expression, and what its placeholders stand for. Names are always placeholders: many words of ours are reserved ones of DynamoDB. */
export interface Expression {
  readonly text: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, AttributeValue>;
}

class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, AttributeValue> = {};
  #count = 0;

  name(field: string): string {
    const known = Object.entries(this.names).find(([, name]) => name === field)?.[0];
    const placeholder = known ?? `#n${this.#count++}`;
    this.names[placeholder] = field;
    return placeholder;
  }

  value(value: RecordValue): string {
    const placeholder = `:v${this.#count++}`;
    Object.assign(this.values, marshall({ [placeholder]: value }));
    return placeholder;
  }
}

/** @param now epoch ms; what has expired by then counts as absent */
export function conditionOf(expect: Expectation, now: number): Expression {
  const place = new Placeholders();
  return { text: conditionText(expect, now, place), names: place.names, values: place.values };
}

export function updateOf(set: RecordFields, expect: Expectation, now: number): Expression & { readonly condition: string } {
  const place = new Placeholders();
  const assignments = Object.entries(set).map(([field, value]) => `${place.name(field)} = ${place.value(value)}`);
  const condition = conditionText(expect, now, place);
  return { text: `SET ${assignments.join(', ')}`, condition, names: place.names, values: place.values };
}

export function keyConditionOf(pk: string, prefix: string): Expression {
  const place = new Placeholders();
  const text = `${place.name('pk')} = ${place.value(pk)} AND begins_with(${place.name('sk')}, ${place.value(prefix)})`;
  return { text, names: place.names, values: place.values };
}

function conditionText(expect: Expectation, now: number, place: Placeholders): string {
  const seconds = place.value(Math.floor(now / 1000));
  const ttl = place.name('ttl');
  if (expect.kind === 'absent') return `attribute_not_exists(${place.name('pk')}) OR ${ttl} <= ${seconds}`;
  const equal = Object.entries(expect.equal).map(([field, value]) => `${place.name(field)} = ${place.value(value)}`);
  return [...equal, `(attribute_not_exists(${ttl}) OR ${ttl} > ${seconds})`].join(' AND ');
}

import type { JsonObject } from '../json-front.ts';
import { type AttributeValue, checkValue, invalid } from './attribute-value.ts';

/** ExpressionAttributeNames and Values of one request. DynamoDB refuses what is used and not defined, and what is defined and not used. */
export class Placeholders {
  readonly #names: Readonly<Record<string, unknown>>;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #used = new Set<string>();

  constructor({ ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: JsonObject) {
    this.#names = mapOf(names, 'ExpressionAttributeNames');
    this.#values = mapOf(values, 'ExpressionAttributeValues');
  }

  name(placeholder: string): string {
    const name = this.#names[placeholder];
    if (typeof name !== 'string' || name === '')
      throw invalid(
        `Invalid expression: An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    this.#used.add(placeholder);
    return name;
  }

  value(placeholder: string): AttributeValue {
    if (!Object.hasOwn(this.#values, placeholder))
      throw invalid(`Invalid expression: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`);
    this.#used.add(placeholder);
    return checkValue(this.#values[placeholder]);
  }

  /** After all expressions of the request have been read. @throws AwsFault */
  assertAllUsed(): void {
    for (const [of, placeholders] of [
      ['ExpressionAttributeNames', this.#names],
      ['ExpressionAttributeValues', this.#values],
    ] as const) {
      const unused = Object.keys(placeholders).filter((placeholder) => !this.#used.has(placeholder));
      if (unused.length > 0) throw invalid(`Value provided in ${of} unused in expressions: keys: {${unused.join(', ')}}`);
    }
  }
}

function mapOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${name} must be a map`);
  return value as Readonly<Record<string, unknown>>;
}

import { type Document, isScalar, visit } from 'yaml';

/** A key is called as it is written, `on` and `1.10` too, whatever type it would have as a value. */
export function nameByText(document: Document.Parsed): void {
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key) && typeof key.value !== 'string' && typeof key.value !== 'symbol' && key.source !== undefined)
        key.value = key.source;
    },
  });
}

import { describe, expect, it } from 'vitest';
import { fillText, namesIn, parseTemplate } from '../../../../lib/smoke/suite/template.ts';

const text = (value: string) => ({ kind: 'text', text: value });
const name = (value: string) => ({ kind: 'name', name: value });

describe('a template', () => {
  it.each([
    ['', []],
    ['plain } text }}', [text('plain } text }}')]],
    ['{{a}}', [name('a')]],
    ['{{ a-b_1 }}', [name('a-b_1')]],
    ['x{{a}}y{{expected.version}}', [text('x'), name('a'), text('y'), name('expected.version')]],
    ['{{{{a}}', [text('{{a}}')]],
    ['{{{a}}}', [text('{'), name('a'), text('}')]],
    ['{{{{{{a}}', [text('{{'), name('a')]],
    ['{"a":{"b":1}}', [text('{"a":{"b":1}}')]],
  ])('%s', (written, parts) => {
    expect(parseTemplate(written)).toEqual(parts);
  });

  it.each(['{{', '{{}}', '{{a', '{{a}', '{{a b}}', '{{1}}', '{{{{{{', 'x {{ y'])('is none where braces begin no name: %s', (written) => {
    expect(parseTemplate(written)).toBeUndefined();
    expect(namesIn(written)).toEqual([]);
  });

  it('takes no value for a template', () => {
    expect(fillText('{{a}}', new Map([['a', '{{b}}{{{{']]))).toBe('{{b}}{{{{');
  });

  it('wants a value for every name', () => {
    expect(() => fillText('x {{a}} {{b}}', new Map([['a', '1']]))).toThrow('{{b}} has no value');
  });
});

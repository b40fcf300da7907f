import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ValueMap } from '../../../../lib/manifests/json.ts';
import { type RenderFormat, renderTemplate } from '../../../../lib/manifests/render/render-template.ts';
import { BadInputError, RefusedError } from '../../../../lib/platform/errors.ts';

function render(text: string, values: ValueMap = {}, format: RenderFormat = 'yaml'): string {
  return renderTemplate({ name: 't', text }, values, format);
}

describe('a template', () => {
  it.each<readonly [what: string, text: string, values: ValueMap, result: string]>([
    ['puts values in', 'a: {{ x }}\nb: {{ y.z }}m\n', { x: 3, y: { z: 500 } }, 'a: 3\nb: 500m\n'],
    ['joins them', 'image: {{ repo }}:{{ tag }} # {{ tag }}\n', { repo: 'r.io:5000/web', tag: 'v1' }, 'image: r.io:5000/web:v1 # v1\n'],
    ['uses them for keys', '{{ k }}: "{{ v }}"\n', { k: 'x/y', v: 'a b' }, 'x/y: "a b"\n'],
    ['quotes texts', 'a: {{ x | quote }}\n', { x: 'a: "b" # c\n' }, 'a: "a: \\"b\\" # c\\n"\n'],
    ['quotes numbers as texts', 'a: {{ x | quote }}\n', { x: 8080 }, 'a: "8080"\n'],
    ['writes maps as JSON', 'a: {{ x | json }}\n', { x: { b: [1, 'c: d'] } }, 'a: {"b":[1,"c: d"]}\n'],
    [
      'writes maps as YAML below a key',
      'a: {{- x | yaml | nindent: 2 }}\n',
      { x: { b: 1, c: ['yes', '0x1'] } },
      'a:\n  b: 1\n  c:\n    - "yes"\n    - "0x1"\n',
    ],
    ['adds entries to a map', 'a:\n  z: 1\n  {{ x | yaml | indent: 2 }}\n', { x: { b: 1, c: 2 } }, 'a:\n  z: 1\n  b: 1\n  c: 2\n'],
    [
      'moves the lines of a script',
      'a: |\n  {{ x | indent: 2 }}\nb: 1\n',
      { x: 'if x\n  y\n\nfi\n' },
      'a: |\n  if x\n    y\n\n  fi\nb: 1\n',
    ],
    [
      'decides and repeats',
      '{% if on %}{% for i in l %}- {{ i | quote }}\n{% endfor %}{% endif %}',
      { on: true, l: ['a', '-b'] },
      '- "a"\n- "-b"\n',
    ],
    [
      'takes a default for what is not there',
      'a: {{ no.such | default: 5 }}\nb: {% if nor.this %}1{% else %}2{% endif %}\n',
      { no: {} },
      'a: 5\nb: 2\n',
    ],
    [
      'puts what it captured where it likes',
      '{% capture n %}{{ a }}-{{ b }}{% endcapture %}x: {{ n }}\ny: "{{ n }}"\n',
      { a: 'p', b: 'q' },
      'x: p-q\ny: "p-q"\n',
    ],
    ['has filters', 'a: {{ x | upcase | append: "-1" }}\nb: {{ l | join: "," }}\n', { x: 'ab', l: ['x', 'y'] }, 'a: AB-1\nb: x,y\n'],
    ['leaves the templates of others alone', 'a: {% raw %}{{ .Values.x }}{% endraw %}\n', {}, 'a: {{ .Values.x }}\n'],
    ['makes several documents', 'a: {{ x }}\n---\nb: {{ x }}\n', { x: 'v' }, 'a: v\n---\nb: v\n'],
  ])('%s', (_what, text, values, result) => {
    expect(render(text, values)).toBe(result);
  });

  it.each<readonly [what: string, text: string, result: string]>([
    ['alone', 'a: {{ x }}\n', 'a: 12345678901234567890\n'],
    ['in a text', 'a: b-{{ x }}\n', 'a: b-12345678901234567890\n'],
    ['in quotes', 'a: {{ x | quote }}\nb: "{{ x }}"\n', 'a: "12345678901234567890"\nb: "12345678901234567890"\n'],
    ['as JSON', 'a: {{ l | json }}\n', 'a: [1,{"n":98765432109876543210}]\n'],
    ['as YAML', 'a: {{- l | yaml | nindent: 2 }}\n', 'a:\n  - 1\n  - "n": 98765432109876543210\n'],
    ['in a loop', 'a: [{% for i in l %}{{ i.n | default: i | json }},{% endfor %}]\n', 'a: [1,98765432109876543210,]\n'],
    ['as an integer', 'a: {{ x | to_integer }}\n', 'a: 12345678901234567890\n'],
    ['compared', 'a: {% if x > 9007199254740993 %}more{% endif %}\n', 'a: more\n'],
  ])('writes every digit of an integer %s', (_what, text, result) => {
    expect(render(text, { x: 12345678901234567890n, l: [1, { n: 98765432109876543210n }] })).toBe(result);
  });

  it('adds what can be counted', () => {
    expect(
      render('a: {{ l | sum }}\nb: {{ m | sum: "n.o" }}\n', { l: [1, 2.5, 'x', '4'], m: [{ n: { o: 3 } }, { n: { o: 4 } }, {}] }),
    ).toBe('a: 7.5\nb: 7\n');
  });

  it.each<readonly [what: string, text: string, result: string]>([
    ['a line break', 'a: {{- x | yaml | nindent: 2 }}\nz: 1\n', 'a:\n  b: |\n    p\n    q\n  c: |-\n    r\n    s\nz: 1\n'],
    ['a line break and a carriage return', 'a: {{- x | yaml | nindent: 2 }}\r\n', 'a:\n  b: |\n    p\n    q\n  c: |-\n    r\n    s\r\n'],
    ['a comment', 'a: {{- x | yaml | nindent: 2 }} # c\n', 'a:\n  b: "p\\nq\\n"\n  c: "r\\ns" # c\n'],
    ['nothing', 'a: {{- x | yaml | nindent: 2 }}', 'a:\n  b: "p\\nq\\n"\n  c: "r\\ns"'],
    ['a blank', 'a: {{- x | yaml | nindent: 2 }} \n', 'a:\n  b: "p\\nq\\n"\n  c: "r\\ns" \n'],
  ])('writes texts of several lines so that they end where they do, in front of %s', (_what, text, result) => {
    const values = { x: { b: 'p\nq\n', c: 'r\ns' } };

    expect(render(text, values)).toBe(result);
    expect(parse(result)).toMatchObject({ a: values.x });
  });

  it.each(['\tall:\n\techo\n', ' a\nb', 'a\n\nb\n', 'a\n\n', '\n', 'a\t\nb', 'a \nb', 'a\r\nb', 'a\n b\n', '\u2028a\nb', '\x85a\n', '\tb'])(
    'writes %j in double quotes, for a block may be read otherwise',
    (text) => {
      const result = render('a: {{- x | yaml | nindent: 2 }}\n', { x: { b: text } });

      expect(result).toMatch(/^a:\n {2}b: ".*"\n$/);
      expect(parse(result)).toEqual({ a: { b: text } });
    },
  );

  it('makes JSON, and plain text of any kind', () => {
    expect(render('{"a": {{ x | json }}, "b": "{{ y }}", "c": {{ n }}}', { x: { z: '"' }, y: 'text', n: 1 }, 'json')).toBe(
      '{"a": {"z":"\\""}, "b": "text", "c": 1}',
    );
    expect(render('A={{ x }}: {{ x }}\n[{{ x }}', { x: 'a: b' }, 'text')).toBe('A=a: b: a: b\n[a: b');
  });
});

describe('a template that counts with an integer of too many digits', () => {
  it.each(['x | plus: 1', 'x | divided_by: 2', 'x | abs', 'x | round', 'l | sum', 'm | sum: "n"'])('is refused: %s', (output) => {
    const values = { x: 2n ** 70n, l: [1, 2n ** 70n], m: [{ n: 2n ** 70n }] };

    expect(() => render(`a: {{ ${output} }}\n`, values)).toThrow('counts with a number that is too large to be counted exactly');
  });
});

describe('a template that is missing something', () => {
  it('tells every variable with its line', () => {
    const text = 'a: {{ x }}\nb: {{ image.tga }}\n{% for i in hosts %}{{ i }}{% endfor %}\nc: {{ y | default: z }}\n';

    expect(() => render(text, { image: { tag: 'v1' } })).toThrow(BadInputError);
    expect(() => render(text, { image: { tag: 'v1' } })).toThrow(
      'the template t was not rendered: line 1, column 7: {{ x }} names x, which has no value; line 2, column 7: {{ image.tga }} names image.tga, which has no value; ' +
        'line 3, column 13: {% for i in hosts %} names hosts, which has no value; line 4, column 20: {{ y | default: z }} names z, which has no value',
    );
  });

  it.each<readonly [what: string, text: string, why: string]>([
    ['a value that was assigned from nothing', '{% assign x = y %}\na: {{ x }}\n', 'line 2, column 4: {{ x }} has no value'],
    ['an item beyond the end', 'a: {{ l[3] }}\n', 'names l.3, which has no value'],
    ['a property that JavaScript lends', 'a: {{ l.constructor }}\n', 'names l.constructor, which has no value'],
    ['an unknown filter', 'a: {{ l | shout }}\n', 'undefined filter: shout'],
    ['an unknown tag', '{% exec "ls" %}\n', 'tag "exec" not found'],
    ['another template', 'a: 1\n{% include "/etc/passwd" %}\n', 'line 2, column 1: {% include "/etc/passwd" %} ENOENT'],
    ['the end of an output', 'a: {{ x\n', 'not closed'],
    ['the end of a block', '{% if l %}a: 1\n', 'not closed'],
    ['a text for a map', 'a: {{ m }}\n', 'line 1, column 4: {{ m }} is a map; write it with | json or | yaml'],
    ['a text for a list', 'a: {{ l }}\n', 'is a list; write it with | json or | yaml, or | join'],
    ['a free character', 'a: \uE000\n', 'which are used inside'],
  ])('or names %s', (_what, text, why) => {
    expect(() => render(text, { l: [1], m: { a: 1 } })).toThrow(BadInputError);
    expect(() => render(text, { l: [1], m: { a: 1 } })).toThrow(why);
  });

  it('or never ends', () => {
    expect(() => render('{% for i in (1..100000000) %}x{% endfor %}')).toThrow(BadInputError);
  });

  it.each<readonly [format: RenderFormat, text: string, why: string]>([
    ['yaml', 'a: [{{ x }}\n', 'makes no YAML, whatever the values'],
    ['json', '{"a": {{ x }},}', 'the result is no JSON'],
    ['json', 'a: {{ x }}', 'the result is no JSON'],
  ])('or makes no %s', (format, text, why) => {
    expect(() => render(text, { x: 1 }, format)).toThrow(BadInputError);
    expect(() => render(text, { x: 1 }, format)).toThrow(why);
  });
});

describe('a value cannot', () => {
  it.each<readonly [what: string, text: string, value: string, why: string]>([
    [
      'become a number',
      'a: 1\nb: {{ x }}\n',
      '1.20',
      'line 2, column 4: {{ x }} is read as the number 1.2 where it stands, not as the text "1.20"; write it with | quote',
    ],
    ['become a boolean of YAML 1.1', 'a: {{ x }}\n', 'yes', 'is read as the boolean true where it stands'],
    ['become null', 'a: {{ x }}\n', '', 'is read as null where it stands'],
    ['become a date', 'a: {{ x }}\n', '2026-01-02', 'is read as a date where it stands'],
    ['become a number together with others', 'a: 1.{{ x }}\n', '20', 'is read as the number 1.2 where it stands, not as the text "1.20"'],
    ['begin a comment', 'a: x{{ x }}\n', ' # y', 'is read as "x" where it stands'],
    ['add a key', 'a: {{ x }}\n', 'y\nb: 1', 'adds or takes entries'],
    ['add a key behind a comment', '# {{ x }}\na: 1\n', 'y\nb: 1', 'adds or takes entries'],
    ['add a document', 'a: "{{ x }}"\n', '"\n---\nb: "', 'makes another document'],
    ['end a quoted text', 'a: "{{ x }}"\n', 'y", b: "z', 'leaves no YAML'],
    ['be an escape', 'a: "{{ x }}"\n', 'C:\\new', 'not as the text "C:\\\\new"'],
    ['be a map', 'a: {{ x }}\n', '{b: 1}', 'makes a map or a list of a value'],
    ['split an item', '[{{ x }}]\n', 'a, b', 'adds or takes entries'],
    ['leave a block', 'a: |\n  {{ x }}\n', 'y\nb: 1', 'adds or takes entries'],
    ['make a key another', '{{ x }}: 1\n', 'true', 'is read as the boolean true'],
    ['be a key that is there already', 'c: 1\n{{ x }}: 2\n', 'c', 'makes a key that is there already'],
    ['be such a key in its quotes', '{{ x | quote }}: 1\nc: 2\n', 'c', 'makes a key that is there already'],
    ['become an alias', 'a: &b 1\nc: {{ x }}\n', '*b', 'makes a map or a list of a value'],
  ])('%s', (_what, text, value, why) => {
    expect(() => render(text, { x: value })).toThrow(RefusedError);
    expect(() => render(text, { x: value })).toThrow(why);
  });

  it('do any of it when it is quoted', () => {
    void fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'yes', '1.20', '*a', '- b', 'a: b', '\n', '"', '{{ y }}')),
        (x) => {
          // The template has a key `c` of its own.
          fc.pre(!/[\uE000\uE001]/.test(x) && x.isWellFormed() && x !== 'c');
          const text = render('{{ x | quote }}: [{{ x | quote }}, b]\nc: {{ x | json }}\n', { x });

          for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual({ [x]: [x, 'b'], c: x });
        },
      ),
    );
  });

  it('come out as another, or change what is around it, in any place', () => {
    const place = fc.constantFrom<readonly [template: string, meant: (x: string | number | boolean) => unknown]>(
      ['a: {{ x }}\nb: 1', (x) => ({ a: x, b: 1 })],
      ['a: "{{ x }}"\nb: 1', (x) => ({ a: String(x), b: 1 })],
      ["a: '{{ x }}'\nb: 1", (x) => ({ a: String(x), b: 1 })],
      ['a: b{{ x }}c', (x) => ({ a: `b${x}c` })],
      ['a: |-\n  {{ x | indent: 2 }}\nb: 1', (x) => ({ a: String(x).replace(/\n+$/, ''), b: 1 })],
      ['- {{ x }}\n- b', (x) => [x, 'b']],
      ['a: [{{ x }}, b]', (x) => ({ a: [x, 'b'] })],
      ['{{ x }}: b', (x) => ({ [String(x)]: 'b' })],
      ['# {{ x }}\na: b', () => ({ a: 'b' })],
    );
    const traps = fc.constantFrom(
      'true',
      '1.5',
      ' ',
      'a\nb',
      "it's",
      'a #b',
      'c: d',
      '"',
      '&x',
      '!y z',
      '---',
      'a, b',
      'b]',
      '\\n',
      'x\ny: z',
    );
    const value = fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9./-]+$/), traps, fc.integer(), fc.boolean());
    let rendered = 0;
    void fc.assert(
      fc.property(place, value, ([template, meant], x) => {
        try {
          const text = render(`${template}\n`, { x });
          rendered += 1;
          for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(meant(x));
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(rendered).toBeGreaterThan(300);
  });
});

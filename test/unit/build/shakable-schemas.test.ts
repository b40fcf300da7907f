import { describe, expect, it } from 'vitest';
import { spellOutKeys } from '../../../build/shakable-schemas.ts';

describe('spellOutKeys', () => {
  it('writes the constants of a module where they are keys of its literals', () => {
    const source = 'const _h = "http";\nconst _hE = "httpError";\nexport var Get$ = [9, n0, _G, { [_h]: ["GET", "/"], [_hE]: 403 }];\n';

    expect(spellOutKeys(source)).toContain('{ "http": ["GET", "/"], "httpError": 403 }');
  });

  it.each([
    ['a list of names', 'const _a = "A";\nexport var X$ = [3, [_a], [0]];\n'],
    ['a lookup', 'const _a = "A";\nexport var x = table[_a];\n'],
    ['a choice', 'const _a = "A";\nexport var x = yes ? [_a] : [];\n'],
    ['a key that is no constant of the module', 'export var X$ = { [_b]: 1 };\n'],
    ['a constant that is no string', 'const _a = Symbol("A");\nexport var X$ = { [_a]: 1 };\n'],
  ])('leaves %s as it is', (_, source) => {
    expect(spellOutKeys(source)).toBe(source);
  });
});

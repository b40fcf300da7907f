import { describe, expect, it } from 'vitest';
import { editsOf } from '../../../lib/manifests/set/edits.ts';
import { setValues } from '../../../lib/manifests/set/set-values.ts';
import { RefusedError } from '../../../lib/platform/errors.ts';

function set(text: string, assignment: string): { readonly text: string; readonly changed: boolean } {
  const { text: after, changes } = setValues(text, editsOf([assignment], { asString: false }));
  return { text: after, changed: changes.length > 0 };
}

describe('a number that is there already', () => {
  it.each([
    ['a: 1e3\n', 'a=1000', 'a: 1000\n'],
    ['a: 1e3\n', 'a=1e3', 'a: 1000\n'],
    ['a: 1.0e3\n', 'a=1000', 'a: 1000\n'],
    ['a: 1e+3\n', 'a=1000', 'a: 1000\n'],
    ['a: -1.5e3 # c\n', 'a=-1500', 'a: -1500 # c\n'],
    ['a: [1e3, 2]\n', 'a=[1000,2]', 'a: [1000, 2]\n'],
    ['a: {b: 1e3}\n', 'a={"b":1000}', 'a: {"b": 1000}\n'],
  ])('is written anew where YAML 1.1 reads a text: %j, %s', (before, assignment, after) => {
    expect(set(before, assignment)).toEqual({ text: after, changed: true });
  });

  it.each([
    ['a: 1.0e+3\n', 'a=1000'],
    ['a: .5e+1\n', 'a=5'],
    ['a: .5\n', 'a=0.5'],
    ['a: 0x10\n', 'a=16'],
    ['a: 0x1e3\n', 'a=483'],
    ['a: +1\n', 'a=1'],
    ['a: !!float 1e3\n', 'a=1000'],
    ['a: [1.0e+3, "1e3"]\n', 'a=[1000,"1e3"]'],
  ])('stays where both versions read it: %j, %s', (before, assignment) => {
    expect(set(before, assignment)).toEqual({ text: before, changed: false });
  });
});

describe('a number behind a tag', () => {
  it.each([
    ['a: !!float 1.5\n', 'a=2', 'a: !!float 2.0\n'],
    ['a: !!float 1.5\n', 'a=-2', 'a: !!float -2.0\n'],
    ['a: !!float 1.5\n', 'a=1e3', 'a: !!float 1000.0\n'],
    ['a: !!float 1.5\n', 'a=1.0e+30', 'a: !!float 1.0e+30\n'],
    ['a: !!float 1.5\n', 'a=0x10', 'a: !!float 16.0\n'],
    ['a: !!float 1.5\n', 'a=.inf', 'a: !!float .inf\n'],
    ['a: !<tag:yaml.org,2002:float> 1.5\n', 'a=2', 'a: !<tag:yaml.org,2002:float> 2.0\n'],
    ['a: !!int 1\n', 'a=2.0', 'a: !!int 2\n'],
    ['a: !!int 1\n', 'a=0x10', 'a: !!int 0x10\n'],
  ])('is written as the tag wants it: %j, %s', (before, assignment, after) => {
    expect(set(before, assignment)).toEqual({ text: after, changed: true });
  });

  it.each([
    ['a: !!int 1\n', 'a=2.5'],
    ['a: !!float 1.5\n', 'a=12345678901234567891'],
    ['a: !!float 1.5\n', 'a=true'],
  ])('is refused where the tag cannot hold it: %j, %s', (before, assignment) => {
    expect(() => set(before, assignment)).toThrow(RefusedError);
  });
});

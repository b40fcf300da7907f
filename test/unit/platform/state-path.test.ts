import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileOfGeneration, keyOfPath, parseFileName, pathOfKey } from '../../../lib/platform/state-path.ts';

const part = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom('.', '%', '~', 'v', '2', 'a', 'é'), minLength: 1, maxLength: 300 }),
  )
  .map((text) => text.replaceAll('/', '_'))
  .filter((text) => text.isWellFormed());
const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

it('finds the key again behind every path', () => {
  fc.assert(
    fc.property(key, (original) => {
      const { directories, file } = pathOfKey(original);

      expect(keyOfPath(directories, file)).toBe(original);
    }),
  );
});

it('makes only names that every file system takes, and that cannot leave the directory', () => {
  fc.assert(
    fc.property(key, (original) => {
      const { directories, file } = pathOfKey(original);

      for (const name of [...directories, fileOfGeneration(file, 999_999)]) expect(name).toMatch(/^(?!\.)[A-Za-z0-9_%~.-]{1,255}$/);
      expect(directories.every((name) => !name.includes('.'))).toBe(true);
      expect(file).toContain('.');
    }),
  );
});

it('tells the generations of a document from other documents', () => {
  fc.assert(
    fc.property(key, fc.integer({ min: 1, max: 1_000_000 }), (original, generation) => {
      const { file } = pathOfKey(original);

      expect(parseFileName(fileOfGeneration(file, generation))).toEqual({ file, generation });
    }),
  );
});

it.each(['.hidden.tmp', 'README', '.DS_Store'])('takes %s for no document', (name) => {
  expect(parseFileName(name)).toBeUndefined();
});

it('reads as a person would name it', () => {
  expect(pathOfKey('runs/2026-11-24/plan.json')).toEqual({ directories: ['runs', '2026-11-24'], file: 'plan.json' });
  expect(fileOfGeneration('plan.json', 2)).toBe('plan.json%v2');
});

it('answers undefined for names that are not of its making', () => {
  expect(keyOfPath(['bad%ZZ'], 'a.json')).toBeUndefined();
});

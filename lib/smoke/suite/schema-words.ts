import * as z from 'zod';
import { DURATION, durationMs, SIZE, sizeBytes } from './units.ts';

/** What `{{name}}` may stand in. */
export const template: z.ZodString = z.string();
export const oneLine: z.ZodString = z.string().regex(/^[^\r\n\0]+$/, 'must be one line of text, and not empty');

const UNIT = 'must be a number with its unit: 500ms, 10s, 2m or 1h';
const DAY_MS = 86_400_000;

export const duration = z
  .string()
  .regex(DURATION, UNIT)
  .transform(durationMs)
  .refine((ms) => ms <= DAY_MS, 'must be a day (24h) at most');

/** More than nothing. */
export const someTime = z
  .string()
  .regex(new RegExp(`^(?!0+(\\.0+)?[a-z])${DURATION.source.slice(1)}`), `${UNIT}, and more than nothing`)
  .transform(durationMs)
  .refine((ms) => ms <= DAY_MS, 'must be a day (24h) at most');

/** A body is held in memory, of a function that may have 512 MB, while other checks hold theirs. */
const LARGEST_BODY = 32 * 1_048_576;

export const size = z.string().regex(SIZE, 'must be a number with its unit: 300B, 100KiB or 1MiB').transform(sizeBytes);
export const bodySize = size.refine((bytes) => bytes <= LARGEST_BODY, 'must be 32MiB at most: bodies are held in memory');

/** What a header may be called: RFC 9110, token. */
export const headerName: z.ZodString = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be the name of a header: letters, digits and dashes');

const texts = z.union([template, z.array(template).min(1)]);
/** Names with one text each, or several: `accept: [a, b]` is written twice. */
export const namedTexts = z.record(z.string().min(1), texts).meta({ id: 'texts' });
export const headers = z.record(headerName, texts).meta({ id: 'headers' });

/** A port, or a `{{name}}` that becomes one. */
export const port = z.union([z.int().min(1).max(65_535), z.string().regex(/^\{\{[^{}]+\}\}$/, 'must be a number, or one {{name}}')]);

export const checkName: z.ZodString = z
  .string()
  .regex(/^[^\s\p{Cc}](?:[^\p{Cc}]{0,98}[^\s\p{Cc}])?$/u, 'must be one line of up to 100 characters');

/** What JSON can hold, which YAML's `.nan` and `.inf` are not. */
export const json = z.unknown().refine(isJson, 'must be a value that JSON can hold');

function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return ['string', 'boolean', 'undefined'].includes(typeof value) || value === null;
  return Object.values(value).every(isJson);
}

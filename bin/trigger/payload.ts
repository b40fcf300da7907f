import { UsageError } from '../errors.ts';

/** The data of an event. @throws UsageError for what is no JSON object; it is not quoted, for it may hold secrets */
export function payloadOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError('--payload is no JSON object', { hint: `give it as in '{"version":"1.4.2"}'` });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

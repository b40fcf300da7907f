import { type Fields, fieldsAt, isFields, textAt } from '../../kubernetes/fields.ts';
import type { Call, Caller } from './call.ts';

/** The paths of the function's URL: `/flagger/SUITE` and `/argo/SUITE`. */
const PATH = /^\/(flagger|argo)\/([\w.-]{1,100})\/?$/;
/** What a query, or Flagger's `metadata`, may add to the event. */
const WORDS = ['version', 'digest', 'app'] as const;

/**
 * A request to the function's URL (payload format 2.0). Flagger posts `{name, namespace, phase, checksum, metadata}`; Argo's web metric asks with
 * whatever method it was given. What proves the caller is a bearer token, or for Flagger, which sends no headers of one's own, `metadata.token`.
 */
export function readHttp(event: Fields): Call | undefined {
  const http = fieldsAt(fieldsAt(event, 'requestContext'), 'http');
  const path = textAt(event, 'rawPath');
  if (path === undefined || textAt(http, 'method') === undefined) return undefined;
  const [, style, suite] = PATH.exec(path) ?? [];
  if (style === undefined || suite === undefined) return { caller: { kind: 'stray-http' }, event: {} };
  const caller: Caller = { kind: style === 'flagger' ? 'flagger' : 'argo' };
  const body = bodyOf(event);
  const bearer = bearerOf(fieldsAt(event, 'headers'));
  if (body === undefined)
    return { caller, event: {}, problem: 'the body of the request is no JSON object', ...(bearer !== undefined && { credential: bearer }) };
  const metadata = fieldsAt(body, 'metadata');
  const words: Fields = { ...fieldsAt(event, 'queryStringParameters'), ...metadata };
  const credential = bearer ?? textAt(metadata, 'token');
  return {
    caller,
    event: { suite, ...Object.fromEntries(WORDS.filter((word) => !isUnsaid(words[word])).map((word) => [word, words[word]])) },
    ...(credential !== undefined && { credential }),
  };
}

/** What is no text is said all the same, and wrong: a gate must not open on less than was asked for. */
function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function bearerOf(headers: Fields): string | undefined {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return typeof value === 'string' ? /^Bearer\s+(\S+)$/i.exec(value)?.[1] : undefined;
}

function bodyOf(event: Fields): Fields | undefined {
  const text = textAt(event, 'body');
  if (text === undefined) return {};
  try {
    const body: unknown = JSON.parse(event.isBase64Encoded === true ? Buffer.from(text, 'base64').toString() : text);
    return isFields(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

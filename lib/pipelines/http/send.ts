import type { Readable } from 'node:stream';
import { timeLimit } from '../../platform/time-limit.ts';
import type { Service } from '../errors.ts';
import { noAnswer } from './no-answer.ts';

export interface WireRequest {
  readonly service: Service;
  readonly method: 'GET' | 'POST';
  /** Never holds a secret. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams | FormData;
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Gets the body as it comes, instead of the answer: for what may be long. */
  readonly onData?: (chunk: Buffer) => void;
}

export interface WireAnswer {
  readonly status: number;
  /** The values of a header that came several times are joined with a comma. */
  header(name: string): string | undefined;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
  readonly body: string;
}

export type Send = (request: WireRequest) => Promise<WireAnswer>;

/** A list of a hundred builds with their parameters is far below. */
const LONGEST_BODY = 10_000_000;

/**
 * One exchange, without redirects (a credential goes where it was meant to go) and without retries.
 * @throws UnreachableError, or the signal's reason; never with a cause, because axios keeps headers and bodies on its errors
 */
export const send: Send = async (request) => {
  // Loaded when a CI server is about to be asked, which most runs never do: axios costs 50 ms of start-up.
  const { default: axios } = await import('axios');
  const limit = timeLimit(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  try {
    const answer = await axios.request<Readable>({
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      data: request.body,
      signal,
      maxRedirects: 0,
      maxBodyLength: Number.POSITIVE_INFINITY,
      responseType: 'stream',
      validateStatus: () => true,
    });
    const headers: Readonly<Record<string, unknown>> = { ...answer.headers };
    return { status: answer.status, ...readHeaders(headers), body: await readBody(answer.data, request.onData) };
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    throw noAnswer(error, { service: request.service, ...(limit.aborted && { timedOutAfterMs: request.timeoutMs }) });
  }
};

function readHeaders(headers: Readonly<Record<string, unknown>>): Pick<WireAnswer, 'header' | 'cookies'> {
  const values = (name: string): readonly string[] => {
    const value = headers[name.toLowerCase()];
    return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  };
  return {
    header: (name) => values(name).join(', ') || undefined,
    cookies: values('set-cookie').map((cookie) => cookie.split(';', 1)[0] ?? ''),
  };
}

async function readBody(stream: Readable, onData: WireRequest['onData']): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (onData) {
      onData(chunk);
      continue;
    }
    length += chunk.length;
    if (length > LONGEST_BODY) throw new RangeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

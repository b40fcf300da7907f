import { request } from 'node:https';

/** Where a Kubernetes API answers, and as whom to speak to it. */
export interface ApiAccess {
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
}

export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON, or the text when it is none. */
  readonly body: unknown;
}

/**
 * One bare request, beside the client under test: to arrange what the client's port has no word for, and to see an answer as the server gives it.
 * Rejects on network errors and after `timeoutMs` of silence; an HTTP error is an answer.
 */
export async function apiRequest(
  access: ApiAccess,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly contentType?: string; readonly accept?: string; readonly timeoutMs?: number } = {},
): Promise<ApiAnswer> {
  const payload = options.body === undefined ? undefined : typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, access.url), {
      method,
      ca: access.caPem,
      agent: false,
      timeout: options.timeoutMs ?? 20_000,
      headers: {
        authorization: `Bearer ${access.token}`,
        accept: options.accept ?? 'application/json',
        ...(payload === undefined
          ? {}
          : { 'content-type': options.contentType ?? 'application/json', 'content-length': Buffer.byteLength(payload) }),
      },
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path} got no answer in time`)));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString('utf8')) }));
    });
    outgoing.end(payload);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

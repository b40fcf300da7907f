import { shellWord } from '../../exec/shell-quote.ts';
import type { HttpBody, HttpProbe, Pairs, TlsSettings } from '../suite/probe-kinds.ts';

/** Of a body; the rest is what nobody reads at night. */
const LONGEST_BODY = 500;
const LONGEST_URL = 2_000;

/**
 * The command that asks what a probe asked, for people to try again. Not yet redacted. Certificates and keys stand for files of that name; AWS
 * credentials are those of the shell.
 */
export function curlLine(probe: HttpProbe): string {
  const body = probe.body === undefined ? { words: [] } : bodyOf(probe.body, probe.headers);
  const words = [
    'curl',
    '-sS',
    '-i',
    ...methodOf(probe),
    ...(probe.followRedirects > 0 ? ['-L', '--max-redirs', String(probe.followRedirects)] : []),
    ...(probe.decompress ? ['--compressed'] : []),
    ...authOf(probe),
    ...probe.headers.flatMap(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`]),
    ...body.words,
    ...connectOf(probe),
    ...tlsOf(probe.tls),
    cut(urlOf(probe), LONGEST_URL),
  ];
  const line = words.map((word) => (word.startsWith('"$') ? word : shellWord(word.replaceAll('\0', '')))).join(' ');
  return body.input === undefined ? line : `${body.input} | ${line}`;
}

function methodOf({ method, body }: HttpProbe): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  return method === (body === undefined ? 'GET' : 'POST') ? [] : ['-X', method];
}

function authOf({ auth }: HttpProbe): readonly string[] {
  switch (auth?.kind) {
    case undefined:
      return [];
    case 'basic':
      return ['-u', `${auth.username}:${auth.password}`];
    case 'bearer':
      return ['-H', `Authorization: Bearer ${auth.token}`];
    case 'sigv4':
      return ['--aws-sigv4', `aws:amz:${auth.region}:${auth.service}`, '-u', '"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"'];
    default:
      return auth satisfies never;
  }
}

interface BodyWords {
  readonly words: readonly string[];
  /** What is piped into curl. */
  readonly input?: string;
}

function bodyOf(body: HttpBody, headers: Pairs): BodyWords {
  const type = (value: string): readonly string[] =>
    headers.some(([name]) => name.toLowerCase() === 'content-type') ? [] : ['-H', `Content-Type: ${value}`];
  switch (body.kind) {
    case 'text':
      // curl would call it a form.
      return { words: [...type(''), '--data-raw', cut(body.text, LONGEST_BODY)] };
    case 'json':
      return { words: [...type('application/json'), '--data-raw', cut(JSON.stringify(body.value), LONGEST_BODY)] };
    case 'graphql': {
      const { query, variables } = body;
      return { words: [...type('application/json'), '--data-raw', cut(JSON.stringify({ query, variables }), LONGEST_BODY)] };
    }
    case 'form':
      return {
        words: body.fields.flatMap(([name, value]) => ['--data-urlencode', `${encodeURIComponent(name)}=${cut(value, LONGEST_BODY)}`]),
      };
    case 'base64':
      return { words: [...type(''), '--data-binary', '@-'], input: `echo ${shellWord(cut(body.base64, LONGEST_BODY))} | base64 -d` };
    case 'multipart':
      return { words: body.parts.flatMap((part) => ['-F', formPart(part)]) };
    default:
      return body satisfies never;
  }
}

function formPart({ name, content, filename, contentType }: Extract<HttpBody, { kind: 'multipart' }>['parts'][number]): string {
  const type = contentType === undefined ? '' : `;type=${contentType}`;
  if (filename !== undefined || content.kind === 'base64') return `${name}=@${filename ?? 'file'}${type}`;
  const text = cut(content.text, LONGEST_BODY).replace(/["\\]/g, '\\$&');
  return `${name}="${text}"${type}`;
}

function connectOf({ connectTo }: HttpProbe): readonly string[] {
  if (connectTo === undefined) return [];
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(connectTo) ?? [];
  return ['--connect-to', `::${host}:${port}`];
}

function tlsOf({ ca, cert, key, insecure }: TlsSettings): readonly string[] {
  return [
    ...(ca === undefined ? [] : ['--cacert', 'ca.pem']),
    ...(cert === undefined ? [] : ['--cert', 'cert.pem']),
    ...(key === undefined ? [] : ['--key', 'key.pem']),
    ...(insecure ? ['-k'] : []),
  ];
}

function urlOf({ url, query }: HttpProbe): string {
  if (query.length === 0) return url;
  const encoded = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const [before = '', fragment] = url.split('#', 2);
  return `${before}${before.includes('?') ? '&' : '?'}${encoded}${fragment === undefined ? '' : `#${fragment}`}`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

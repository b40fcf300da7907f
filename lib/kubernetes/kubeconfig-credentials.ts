import { readFile } from 'node:fs/promises';
import type { Access, TlsMaterial } from './connection.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';

type Fields = Readonly<Record<string, unknown>>;

/** All of an {@link Access} but the address. */
export type Credentials = Omit<Access, 'server'>;

/** Whether a context says all there is to say: no plugin to run, no provider to ask, no proxy to go through. */
export function isPlain({ cluster, user }: KubeconfigContext): boolean {
  return !user['exec'] && !user['auth-provider'] && !cluster['proxy-url'];
}

/**
 * The credentials of a plain context, files read anew. Such contexts are most of them, and get by without loading client-node, which costs
 * more time and memory than all the rest of the CLI.
 */
export async function plainCredentials({ cluster, user }: KubeconfigContext): Promise<Credentials> {
  const ca = await pem(cluster, 'certificate-authority');
  const cert = await pem(user, 'client-certificate');
  const key = await pem(user, 'client-key');
  const servername = cluster['tls-server-name'];
  const tls: TlsMaterial = {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(typeof servername === 'string' && servername !== '' && { servername }),
    ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
  };
  const authorization = await authorizationOf(user);
  return { tls, headers: authorization === undefined ? {} : { authorization } };
}

/** kubectl prefers the file to a token beside it, for it rotates. */
async function authorizationOf(user: Fields): Promise<string | undefined> {
  const { tokenFile, token, username, password } = user;
  if (typeof tokenFile === 'string' && tokenFile !== '') return bearer(await readFile(tokenFile, 'utf8'));
  if (typeof token === 'string' && token !== '') return bearer(token);
  if (typeof username !== 'string' || username === '') return undefined;
  return `Basic ${Buffer.from(`${username}:${String(password ?? '')}`).toString('base64')}`;
}

/** Node would refuse the header, at every attempt and in words that speak of a lost connection. */
function bearer(text: string): string {
  const token = text.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('the token is empty or holds characters that no token has');
  return `Bearer ${token}`;
}

/** `<key>-data` is base64 and wins over `<key>`, a file. */
async function pem(body: Fields, key: string): Promise<Buffer | undefined> {
  const data = body[`${key}-data`];
  if (typeof data === 'string' && data !== '') return Buffer.from(data, 'base64');
  const file = body[key];
  return typeof file === 'string' && file !== '' ? readFile(file) : undefined;
}

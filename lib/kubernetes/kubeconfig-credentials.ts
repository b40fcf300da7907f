import { readFile } from 'node:fs/promises';
import { bearer } from './bearer-token.ts';
import type { Access, TlsMaterial } from './connection.ts';
import type { Fields } from './fields.ts';

/** All of an {@link Access} but the address. */
export type Credentials = Omit<Access, 'server'>;

/** What a cluster and a user of a kubeconfig say, files read anew. */
export async function writtenCredentials(cluster: Fields, user: Fields): Promise<Credentials> {
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

/** `<key>-data` is base64 and wins over `<key>`, a file. */
async function pem(body: Fields, key: string): Promise<Buffer | undefined> {
  const data = body[`${key}-data`];
  if (typeof data === 'string' && data !== '') return Buffer.from(data, 'base64');
  const file = body[key];
  return typeof file === 'string' && file !== '' ? readFile(file) : undefined;
}

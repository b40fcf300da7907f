import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of users, each with the groups that it is in. */
export type People = Readonly<Record<string, readonly string[]>>;

/** Writes the server's keys for service accounts and its file of tokens. @returns a token for each of them, by name */
export function writeCredentials(folder: string, people: People): ReadonlyMap<string, string> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text, { mode: 0o600 });
  const tokens = new Map(Object.keys(people).map((user) => [user, randomUUID()]));
  write('sa.pub', publicKey);
  write('sa.key', privateKey);
  write('tokens.csv', [...tokens].map(([user, token]) => `${token},${user},${user},"${people[user]?.join(',')}"\n`).join(''));
  return tokens;
}

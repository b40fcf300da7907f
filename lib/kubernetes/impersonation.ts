import { BadInputError } from '../platform/errors.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The headers by which kubectl acts as someone else, from the fields of a kubeconfig's user: `as`, `as-uid`, `as-groups`, `as-user-extra`.
 * Leaving one out would give the run other rights than kubectl has with the same file.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 * @throws BadInputError when a uid, groups or extra fields stand without a user, which kubectl refuses too, or a value cannot be a header
 */
export function impersonationHeaders(userName: string, user: Fields): Record<string, string | string[]> {
  const name = textsOf(user.as);
  const uid = textsOf(user['as-uid']);
  const groups = textsOf(user['as-groups']);
  const extra = extraOf(user['as-user-extra']);
  if (name.length === 0) {
    if (uid.length + groups.length + extra.length === 0) return {};
    throw unusable(
      userName,
      'it names a uid, groups or extra fields to act with, and no user',
      'add as, or remove as-uid, as-groups and as-user-extra',
    );
  }
  const headers = [['impersonate-user', name], ['impersonate-uid', uid], ['impersonate-group', groups], ...extra] as const;
  return Object.fromEntries(
    headers.flatMap(([header, values]) => {
      const sent = values.map((value) => headerValue(userName, value));
      return sent.length === 0 ? [] : [[header, sent.length === 1 ? sent.join() : sent]];
    }),
  );
}

function extraOf(value: unknown): readonly (readonly [string, readonly string[]])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, values]) => [`impersonate-extra-${headerName(key)}`, textsOf(values)] as const);
}

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === 'string' && each !== '');
}

/** The API server decodes percent signs in the key, and takes it in lower case. Letters, digits and the marks of RFC 9110's token stay. */
function headerName(key: string): string {
  const bytes = [...Buffer.from(key.toLowerCase())];
  return bytes.map((byte) => (isTokenByte(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`)).join('');
}

function isTokenByte(byte: number): boolean {
  return /^[a-z0-9!#$&'*+.^_`|~-]$/.test(String.fromCharCode(byte));
}

/** As the bytes of its UTF-8, which is what Go sends; Node takes a header's characters for bytes. */
function headerValue(userName: string, value: string): string {
  const bytes = Buffer.from(value).toString('latin1');
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(bytes)) return bytes;
  throw unusable(userName, 'a name to act as holds characters that no header can', 'correct as, as-uid, as-groups or as-user-extra');
}

function unusable(userName: string, why: string, hint: string): BadInputError {
  return new BadInputError(`cannot use user ${userName} of the kubeconfig: ${why}`, { hint });
}

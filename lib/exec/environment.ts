import { BadInputError } from '../platform/errors.ts';
import { Secret } from '../platform/secret.ts';

/** What a program sees of the environment. Nothing is inherited but {@link ALWAYS_INHERITED} and what is named here. */
export interface EnvironmentOptions {
  /** Where values are inherited from. @default process.env */
  readonly from?: Readonly<Record<string, string | undefined>>;
  /** Names, or beginnings of names: `AWS_*`. */
  readonly inherit?: readonly string[];
  /** Set whatever is inherited. A Secret never shows in errors or output lines. */
  readonly set?: Readonly<Record<string, string | Secret>>;
}

/** Without these, programs do not find their files, each other, or the user's language. None of them holds a secret. */
export const ALWAYS_INHERITED: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LANGUAGE', 'LC_*', 'TZ', 'XDG_*'],
  // Windows
  ...['PATHEXT', 'SYSTEMROOT', 'WINDIR', 'COMSPEC', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES'],
];

/** Proxies and private certificate authorities, for programs that speak to the network. */
export const NETWORK: readonly string[] = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'],
];

/** Identities at the cloud providers: variables of their SDKs, roles of Pods and CI jobs included. */
export const CLOUD: readonly string[] = ['AWS_*', 'AZURE_*', 'ARM_*', 'GOOGLE_*', 'GCLOUD_*', 'CLOUDSDK_*', 'ACTIONS_ID_TOKEN_REQUEST_*'];

/**
 * The whole environment of a program.
 * @throws BadInputError for a name or value that no environment can hold; the value is not told
 */
export function environmentOf({ from = process.env, inherit = [], set = {} }: EnvironmentOptions = {}): Record<string, string> {
  const wanted = [...ALWAYS_INHERITED, ...inherit];
  const inherited = Object.entries(from).flatMap(([name, value]) =>
    value !== undefined && wanted.some((pattern) => matches(name, pattern)) ? [[name, value] as const] : [],
  );
  const given = Object.entries(set).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value] as const);
  for (const [name, value] of given) assertPossible(name, value);
  return Object.fromEntries([...inherited, ...given]);
}

/** Names have no case on Windows; there `Path` is PATH. */
function matches(name: string, pattern: string): boolean {
  const [left, right] = process.platform === 'win32' ? [name.toUpperCase(), pattern.toUpperCase()] : [name, pattern];
  return right.endsWith('*') ? left.startsWith(right.slice(0, -1)) : left === right;
}

function assertPossible(name: string, value: string): void {
  if (/^[^=\0]+$/.test(name) && !value.includes('\0')) return;
  throw new BadInputError(`the variable ${JSON.stringify(name)} cannot be set: it holds what no environment can, a NUL or = in its name`, {
    hint: 'correct the name or the value',
  });
}

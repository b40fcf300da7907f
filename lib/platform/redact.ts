import { NightshiftError } from './errors.ts';
import { readableStack } from './readable-stack.ts';
import { REDACTED, Secret } from './secret.ts';

const LONGEST_STRING = 10_000;
const DEEPEST = 12;

/** Field names whose value is a secret, unless they say that they hold its name, place or kind. */
const SECRET_KEY =
  /authorization|password|passwd|passphrase|secret|token|credential|cookie|signature|webhook|private.?key|api.?key|access.?key|(?:client.?)?key.?data$/i;
const POINTER_KEY = /(?:name|path|arn|file|parameter|ref|type|kind|count|id)s?$/i;

/** How the names of settings that hold a secret end. */
const SECRET_WORD = 'token|secret|passw(?:or)?d|passphrase|api[-_]?key|access[-_]?key|private[-_]?key|credential';
/** Values of such settings that say something about the secret and not the secret. */
const NO_SECRET = '(?:true|false|null|none|nil|undefined)\\b';

type Rule = readonly [pattern: RegExp, replacement: string];

/** What a secret looks like inside a text, whatever the field. Each pattern is linear: no nested repetition, and words before a keyword are bounded. */
const RULES: readonly Rule[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\bk8s-aws-v1\.[\w=-]+/g, REDACTED],
  [/\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)[^\r\n"',}]+/gi, `$1${REDACTED}`],
  [/\b(Bearer\s+)[\w.~+/-]+=*/gi, `$1${REDACTED}`],
  // URLs inside of URLs are percent-encoded, once or more often.
  [/(X-Amz-(?:Signature|Credential|Security-Token)(?:=|%(?:25)*3D|["']?\s*:\s*["']?))(?:(?!%(?:25)*26)[^&\s"'<>])+/gi, `$1${REDACTED}`],
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@:"'<>]*:[^\s/?#"'<>]*@/gi, `$1${REDACTED}@`],
  // Without a password the user of an HTTP URL is a token; that of ssh or a database is a name.
  [/\b(https?:\/\/)[^\s/?#@:"'<>]+@/gi, `$1${REDACTED}@`],
  [/\b(https?:\/\/hooks\.slack(?:-gov)?\.com\/)[^\s"'<>]+/gi, `$1${REDACTED}`],
  [
    /\b(https?:\/\/(?:[\w-]+\.)*(?:discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com|chat\.googleapis\.com)\/)[^\s"'<>]+/gi,
    `$1${REDACTED}`,
  ],
  [
    /((?:[?&]|%(?:25)*(?:3F|26))(?:access_token|token|password|secret|api_?key|sig|signature|client_secret)(?:=|%(?:25)*3D))(?:(?!%(?:25)*26)[^&\s"'<>])+/gi,
    `$1${REDACTED}`,
  ],
  [/\b(aws_?(?:secret_?access_?key|session_?token|security_?token)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, `$1${REDACTED}`],
  [/\b((?:client_secret|password|passwd|secretAccessKey|sessionToken)["']?\s*[:=]\s*["']?)[^\s"',}&]+/gi, `$1${REDACTED}`],
  [/\b(Basic\s+)(?=[A-Za-z+/]*[0-9=])[\w+/]{8,}={0,2}/g, `$1${REDACTED}`],
  [/\b((?:set-)?cookie\s*:\s*)[^\r\n]+/gi, `$1${REDACTED}`],
  [/\b(x-[\w-]{0,40}(?:token|secret|key)\s*[:=]\s*)[^\s"',]+/gi, `$1${REDACTED}`],
  // Documents: JSON by its quoted keys, YAML (a kubeconfig) and forms by the names that matter.
  [/(["'][\w-]{0,40}(?:token|secret|password|passwd|key-?data|api-?key)["']\s*:\s*["'])[^"']+/gi, `$1${REDACTED}`],
  [/\b((?:client-key-data|(?:id|access|refresh)[-_]token|client_assertion)\s*[:=]\s*)[^\s&"',]+/gi, `$1${REDACTED}`],
  [/\b(token\s*:\s+)[^\s"',]{16,}/gi, `$1${REDACTED}`],
  // Names and values in prose and in settings. After a colon a word may be an explanation or the name of a Secret: only what looks random goes.
  [new RegExp(`((?:${SECRET_WORD})["']?\\s{0,3}=\\s{0,3}["']?)(?!${NO_SECRET})[^\\s"',;&}]+`, 'gi'), `$1${REDACTED}`],
  [/\b(api[-_]?key\s*:\s*)[^\s"',;}]+/gi, `$1${REDACTED}`],
  [/\b((?:[\w-]{0,40}[_-])?(?:secret|token)\s*:\s*)(?:(?=[^\s"',;/]{0,100}\d)[^\s"',;/]{6,}|[A-Za-z+=]{16,})/gi, `$1${REDACTED}`],
  // Arguments of a command, as errors of child processes quote them.
  [/(--(?:[\w-]{0,40}-)?(?:token|password|passphrase|secret|api-?key)(?:=|\s+))[^\s"']+/gi, `$1${REDACTED}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  [/\b(?:FwoG|IQoJ)[\w+/=%-]{40,}/g, REDACTED],
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, REDACTED],
  [/\bx(?:ox[abeoprs]|app)-[\w-]{8,}/g, REDACTED],
  [/\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|ya29\.[\w-]{10,}|[rs]k_live_\w{8,})/g, REDACTED],
];

/** What every match of a rule has in it, one or another: plain words, as names of checks are, need no rule. A new rule may need more here. */
const MAY_MATCH = /[-:=%._]|bearer|basic|AKIA|ASIA|FwoG|IQoJ/i;

/** A text without what looks like a credential, and not longer than a log line can bear. */
export function redactText(text: string): string {
  const clean = MAY_MATCH.test(text) ? redactedByRules(text) : text;
  if (clean.length <= LONGEST_STRING) return clean;
  return `${clean.slice(0, LONGEST_STRING)}… (${clean.length - LONGEST_STRING} more characters)`;
}

function redactedByRules(text: string): string {
  return RULES.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}

/**
 * A copy of any value that is safe to log: strings cleaned, secret-looking fields replaced, errors flattened with their causes.
 * Of an error only plain fields are kept, because clients hang whole requests, headers included, on theirs.
 */
export function redact(value: unknown): unknown {
  return copy(value, []);
}

function copy(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return REDACTED;
  if (ancestors.includes(value)) return '[circular]';
  if (ancestors.length >= DEEPEST) return '[too deep]';
  const path = [...ancestors, value];
  if (value instanceof Error) return copyError(value, path);
  if (Array.isArray(value)) return value.map((item) => copy(item, path));
  if (value instanceof URL) return redactText(value.href);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map)
    return copyFields(
      [...value].map(([key, item]) => [String(key), item]),
      path,
    );
  if (value instanceof Set) return [...value].map((item) => copy(item, path));
  return copyFields(Object.entries(value), path);
}

function copyFields(fields: readonly (readonly [string, unknown])[], path: readonly object[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(([key, item]) => [key, hidesSecret(key, item) ? REDACTED : copy(item, path)]));
}

/** Numbers, booleans and nothing are no secrets: `tokens: 3` is a count, `secret: null` an absence. */
function hidesSecret(key: string, item: unknown): boolean {
  if (item === null || !['string', 'object'].includes(typeof item)) return false;
  return namesSecret(key);
}

/** Whether a field, a variable or a flag of this name holds a secret, and not only its name, place or kind. */
export function namesSecret(name: string): boolean {
  return SECRET_KEY.test(name) && !POINTER_KEY.test(name);
}

const ERROR_FIELDS = new Set(['name', 'message', 'stack', 'cause', 'errors']);
/** Codes, ids and host names are shorter; what is longer quotes a request. */
const LONGEST_FOREIGN_FIELD = 200;
/**
 * What S3 sends back with SignatureDoesNotMatch, and the SDK hangs on its error: the signed request, session token included, as text and
 * once more as the hexadecimal codes of its letters, in which no pattern would find anything.
 */
const QUOTES_REQUEST = /^(?:CanonicalRequest|StringToSign|SignatureProvided)/;

function copyError(error: Error, path: readonly object[]): Record<string, unknown> {
  const plain = Object.entries(error).filter(([key, item]) => !ERROR_FIELDS.has(key) && isPlain(key, item, error));
  return {
    name: error.name,
    message: redactText(error.message),
    ...copyFields(plain, path),
    ...(error.stack === undefined ? {} : { stack: redactText(readableStack(error.stack)) }),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, path) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map((inner: unknown) => copy(inner, path)) } : {}),
  };
}

function isPlain(key: string, item: unknown, error: Error): boolean {
  if (item !== null && typeof item === 'object') return false;
  if (error instanceof NightshiftError || typeof item !== 'string') return true;
  return item.length <= LONGEST_FOREIGN_FIELD && !QUOTES_REQUEST.test(key);
}

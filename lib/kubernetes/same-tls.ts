import type { TlsMaterial } from './connection.ts';

/** Whether connections made with one serve for the other. */
export function sameTls(a: TlsMaterial, b: TlsMaterial): boolean {
  return a.servername === b.servername && (['ca', 'cert', 'key'] as const).every((part) => String(a[part]) === String(b[part]));
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function certPath(file: string): string {
  return fileURLToPath(new URL(`../../../support/certs/${file}`, import.meta.url));
}

export function cert(file: string): string {
  return readFileSync(certPath(file), 'utf8');
}

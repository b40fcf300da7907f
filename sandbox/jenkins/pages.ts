import type { CiAnswer } from '../ci/http.ts';

/** Jenkins's errors are pages for people. */
export function page(status: number, text: string, headers: Readonly<Record<string, string>> = {}): CiAnswer {
  const body = `<html><head><title>Error ${status} ${text}</title></head><body><h2>HTTP ERROR ${status} ${text}</h2></body></html>`;
  return { status, headers: { 'content-type': 'text/html;charset=utf-8', 'x-jenkins': '2.541', ...headers }, body };
}

export function json(document: unknown): CiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8', 'x-jenkins': '2.541' },
    body: JSON.stringify(document),
  };
}

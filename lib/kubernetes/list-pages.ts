import type { KubernetesObject } from '@kubernetes/client-node';
import type { BodyReader } from './body-reader.ts';
import type { Call } from './call.ts';
import type { ListOptions } from './client.ts';
import { GoneError } from './errors.ts';
import { listReader } from './list-reader.ts';
import { asObject, OBJECT_LIMIT_BYTES } from './object-reader.ts';
import { resourcePath } from './resource-path.ts';
import type { Transport } from './transport.ts';

const PAGE_SIZE = 500;

type PageOptions<T, R> = Omit<ListOptions<T, R>, 'namespace'>;

interface Page<R> {
  readonly kept: readonly R[];
  /** Of the next page; empty or absent on the last. */
  readonly token: string | undefined;
}

/**
 * Reads a list page by page and keeps only what `select` returns. `select` may see an object twice: a page cut short is read again.
 * A continue token lives about five minutes: when it is gone (410), what was collected belongs to no one moment and is dropped, and the list
 * starts again, once.
 */
export async function listPages<T extends KubernetesObject, R>(transport: Transport, call: Call, options: PageOptions<T, R>): Promise<R[]> {
  try {
    return await readAll(transport, call, options);
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
    return readAll(transport, call, options);
  }
}

async function readAll<T extends KubernetesObject, R>(transport: Transport, call: Call, options: PageOptions<T, R>): Promise<R[]> {
  const { select, labelSelector, fieldSelector, signal, pageSize = PAGE_SIZE } = options;
  const all: R[] = [];
  let token: string | undefined;
  do {
    const path = resourcePath(call.resource, call, { limit: pageSize, continue: token, labelSelector, fieldSelector });
    const page: Page<R> = await transport.send({ call, method: 'GET', path, repeatable: true, reader: () => pageReader(select), signal });
    for (const kept of page.kept) all.push(kept);
    token = page.token;
  } while (token);
  return all;
}

function pageReader<T, R>(select: (object: T) => R | undefined): BodyReader<Page<R>> {
  const kept: R[] = [];
  const list = listReader(OBJECT_LIMIT_BYTES, (item) => {
    const selected = select(item as T);
    if (selected !== undefined) kept.push(selected);
  });
  return {
    write: (chunk) => list.write(chunk),
    end: () => ({ kept, token: asObject<{ metadata?: { continue?: string } }>(list.end()).metadata?.continue }),
  };
}

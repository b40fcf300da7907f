/** How the caller wants objects: as they are, as rows for people, or their metadata only. */
export type View = 'object' | 'table' | 'metadata';

/** Reads `Accept` for the views of meta.k8s.io/v1; the first acceptable one wins. `undefined`: nothing the sandbox speaks. */
export function viewOf(accept: string | undefined): View | undefined {
  if (accept === undefined || accept.trim() === '') return 'object';
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
    if (as === undefined) return 'object';
    if (as === 'Table' && parameters.includes('v=v1')) return 'table';
    if (as.startsWith('PartialObjectMetadata') && parameters.includes('v=v1')) return 'metadata';
  }
  return undefined;
}

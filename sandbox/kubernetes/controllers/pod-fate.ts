import type { ApiObject } from '../api-object.ts';
import { type Json, listAt, textAt } from '../json.ts';

/**
 * What becomes of a container, by the tag of its image: `web:missing` and `web:denied` cannot be pulled, `web:crash` exits again and again,
 * `web:unready` runs and never gets ready. A further word may follow, so that one bad version can follow another: `web:crash-2`.
 */
export type Fate = 'runs' | 'missing' | 'denied' | 'crash' | 'unready';

const FATE = /:(missing|denied|crash|unready)(?:[-.][\w.-]*)?(?:@|$)/;

export function fateOf(container: Json | undefined): Fate {
  const [, word] = FATE.exec(textAt(container, 'image') ?? '') ?? [];
  return (word as Exclude<Fate, 'runs'> | undefined) ?? 'runs';
}

/** The first container that does not run, init containers first: what comes after it waits. */
export function firstFailing(
  pod: ApiObject,
): { readonly container: Json; readonly isInit: boolean; readonly fate: Exclude<Fate, 'runs'> } | undefined {
  for (const list of ['initContainers', 'containers'] as const) {
    for (const container of listAt(pod, 'spec', list)) {
      const fate = fateOf(container);
      if (fate !== 'runs') return { container, isInit: list === 'initContainers', fate };
    }
  }
  return undefined;
}

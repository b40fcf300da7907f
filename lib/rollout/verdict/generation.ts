import { at, integerAt } from '../../kubernetes/fields.ts';
import type { Verdict } from './outcome.ts';
import { type Scene, say } from './scene.ts';

/** What a controller has seen of an object; `problem` ends the judgement, `warnings` go with it. */
export interface Generation {
  readonly problem?: Verdict;
  readonly warnings: readonly string[];
}

/** Whoever has not seen the present spec speaks of an older one: nothing of the status is read then. */
export function generationOf(scene: Scene, alwaysObserved: boolean): Generation {
  const { object, ref } = scene;
  const generation = integerAt(object, 'metadata', 'generation');
  const raw = at(object, 'status', 'observedGeneration');
  const observed = integerAt(object, 'status', 'observedGeneration');
  if (raw !== undefined && raw !== null && observed === undefined) {
    return { warnings: [`${ref}: status.observedGeneration is not a number, so nothing says whether its status is of the present spec`] };
  }
  const seen = observed ?? (alwaysObserved ? 0 : undefined);
  if (generation === undefined || seen === undefined || generation === seen) return { warnings: [] };
  if (generation > seen) {
    const message = `its controller has seen generation ${seen}, and not ${generation} yet`;
    return { problem: say(scene, 'waiting', 'LatestGenerationNotObserved', message), warnings: [] };
  }
  return { warnings: [`${ref}: its controller claims to have seen generation ${seen}, which is beyond ${generation}`] };
}

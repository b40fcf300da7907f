import { scaleScenarios } from './scale-scenarios.ts';
import { type RecordedCalls, ScaleWorld, type ScaleWorldOptions } from './scale-world.ts';

export interface Played {
  /** The scenario that went wrong, and why; the ones after it were not played. */
  readonly failed?: { readonly scenario: string; readonly error: unknown };
  readonly calls: RecordedCalls;
}

/** Plays all scenarios in one world of their own, up to the first that goes wrong. */
export async function playScenarios(options: ScaleWorldOptions): Promise<Played> {
  const world = await ScaleWorld.start(options);
  try {
    for (const { name, play } of scaleScenarios) {
      try {
        await world.reset();
        await play(world);
      } catch (error) {
        return { failed: { scenario: name, error }, calls: world.calls() };
      }
    }
    return { calls: world.calls() };
  } finally {
    await world.stop();
  }
}

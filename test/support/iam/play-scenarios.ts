import { scaleScenarios } from './scale-scenarios.ts';
import { type RecordedCalls, ScaleWorld, type ScaleWorldOptions } from './scale-world.ts';
import { smokeScenarios } from './smoke-scenarios.ts';
import { SmokeWorld, type SmokeWorldOptions } from './smoke-world.ts';

export interface Played {
  /** The scenario that went wrong, and why; the ones after it were not played. */
  readonly failed?: { readonly scenario: string; readonly error: unknown };
  readonly calls: RecordedCalls;
}

interface Stage {
  reset(): Promise<void> | void;
  calls(): RecordedCalls;
  stop(): Promise<void>;
}

interface Scenario<World> {
  readonly name: string;
  readonly play: (world: World) => Promise<void>;
}

/** Plays all scenarios of scale-dev-nightly in one world of their own, up to the first that goes wrong. */
export async function playScenarios(options: ScaleWorldOptions): Promise<Played> {
  return playIn(await ScaleWorld.start(options), scaleScenarios);
}

/** The same for post-deploy-smoke. */
export async function playSmokeScenarios(options: SmokeWorldOptions): Promise<Played> {
  return playIn(await SmokeWorld.start(options), smokeScenarios);
}

async function playIn<World extends Stage>(world: World, scenarios: readonly Scenario<World>[]): Promise<Played> {
  try {
    for (const { name, play } of scenarios) {
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

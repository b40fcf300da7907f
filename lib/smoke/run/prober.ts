import type { ProbeLimits, ProbeResult } from '../probe.ts';
import type { Probe } from '../suite/suite.ts';

/** What asks the world; `createProber` makes the one over real sockets. */
export interface ProbeRunner {
  run(probe: Probe, limits: ProbeLimits): Promise<ProbeResult>;
}

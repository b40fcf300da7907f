import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kstatusCompat } from '../../lib/rollout/kstatus/kstatus-compat.ts';
import { StatusError } from '../../lib/rollout/object/status-error.ts';
import { askOracle, buildOracle, hasGo } from '../support/kstatus-oracle/oracle.ts';
import { anyObject } from '../support/rollout/any-object.ts';
import { STATUS_VECTORS } from '../support/vectors/rollout-status.ts';

const OBJECTS = 50_000;
const SEED = Date.now();

interface Answer {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly error?: string;
}

/** What we say of an object, an error without its text: kstatus has other words for it. */
function ours(object: unknown, now: number): Answer {
  try {
    return kstatusCompat(object, now);
  } catch (error) {
    if (error instanceof StatusError) return { error: 'error' };
    throw error;
  }
}

function theirs({ status = '', reason = '', message = '', error }: Answer): Answer {
  return error === undefined ? { status, reason, message } : { error: 'error' };
}

describe.runIf(hasGo())('kstatus itself', () => {
  let folder: string;
  let program: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-kstatus-'));
    program = await buildOracle(folder);
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`says the same of ${OBJECTS} generated objects (seed ${SEED})`, { timeout: 120_000 }, async () => {
    const objects = fc.sample(anyObject(Date.now()), { numRuns: OBJECTS, seed: SEED });

    const answers = await askOracle(program, objects);

    expect(answers).toHaveLength(OBJECTS);
    const statuses = new Map<string, number>();
    for (const [index, object] of objects.entries()) {
      const { now, kstatus } = answers[index]!;
      const wanted = theirs(kstatus);
      statuses.set(wanted.status ?? 'error', (statuses.get(wanted.status ?? 'error') ?? 0) + 1);
      expect(ours(object, now), JSON.stringify(object)).toEqual(wanted);
    }
    for (const status of ['Current', 'InProgress', 'Failed', 'Terminating', 'error'])
      expect(statuses.get(status), status).toBeGreaterThan(OBJECTS / 500);
  });

  it('says of the published vectors what they say', async () => {
    // The time is the oracle's own: what was created at the vectors' time has become old for it.
    const vectors = STATUS_VECTORS.filter(({ id }) => id !== 5);

    const answers = await askOracle(
      program,
      vectors.map(({ object }) => object),
    );

    for (const [index, { id, kstatus }] of vectors.entries()) {
      const { status, reason = '', error } = answers[index]!.kstatus;
      expect(error === undefined ? `${status}${reason && ` (${reason})`}` : 'error', `vector ${id}`).toBe(kstatus);
    }
  });
});

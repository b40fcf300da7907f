import * as z from 'zod';
import { NightshiftError } from '../platform/errors.ts';
import { instant, RECORD_VERSION, type Records, readRecord, readRecords } from './read-record.ts';
import { recordKey, recordPrefix } from './record-key.ts';
import type { RecordItem, RecordsTable } from './records-table.ts';

/** What was deployed; a suite against addresses alone has no target. */
export interface DeployTarget {
  readonly cluster?: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** One deploy and what the smoke test said of it. */
export interface Deploy {
  readonly app: string;
  readonly stage: string;
  /** ISO 8601, UTC, to the millisecond. */
  readonly at: string;
  readonly version?: string;
  readonly digest?: string;
  readonly verdict: 'ok' | 'degraded' | 'failed';
  readonly runId: string;
  readonly target?: DeployTarget;
}

export interface Deploys {
  /** Adds it, or does nothing when the same run has added it before. @returns it as it is stored: two of one millisecond get moments of their own */
  add(deploy: Deploy, signal?: AbortSignal): Promise<Deploy>;
  newest(app: string, stage: string, options: { readonly limit: number; readonly signal?: AbortSignal }): Promise<Records<Deploy>>;
}

/** How long a deploy is remembered. */
export const DEPLOY_TTL_DAYS = 400;
const DAY_SECONDS = 86_400;
const MOMENTS = 50;

const schema = z.object({
  at: instant,
  version: z.string().exactOptional(),
  digest: z.string().exactOptional(),
  verdict: z.enum(['ok', 'degraded', 'failed']),
  runId: z.string().min(1),
  target: z.object({ cluster: z.string().exactOptional(), namespace: z.string(), kind: z.string(), name: z.string() }).exactOptional(),
});

function read(item: RecordItem): Deploy {
  const [, stage = ''] = item.sk.split('#');
  return { app: item.pk.slice('app#'.length), stage, ...readRecord(item, schema) };
}

function itemOf({ app, stage, target, ...fields }: Deploy): RecordItem {
  const ttl = Math.floor(Date.parse(fields.at) / 1000) + DEPLOY_TTL_DAYS * DAY_SECONDS;
  return {
    ...recordKey(['app', app], ['deploy', stage, fields.at]),
    v: RECORD_VERSION,
    ttl,
    ...fields,
    ...(target && { target: { ...target } }),
  };
}

/** Deploys of applications, by stage and moment. */
export function deploys(table: RecordsTable): Deploys {
  return {
    async add(deploy, signal) {
      const begin = Date.parse(deploy.at);
      for (let moment = begin; moment < begin + MOMENTS; moment++) {
        // Always with three digits: moments must sort as text.
        const dated = { ...deploy, at: new Date(moment).toISOString() };
        const put = await table.put(itemOf(dated), { expect: { kind: 'absent' }, signal });
        if (put.written || put.found?.runId === deploy.runId) return dated;
      }
      throw new CrowdedMomentError(deploy);
    },
    async newest(app, stage, { limit, signal }) {
      const { pk } = recordKey(['app', app], ['deploy']);
      return readRecords(await table.query({ pk, prefix: recordPrefix(['deploy', stage]), order: 'newest-first', limit, signal }), read);
    },
  };
}

/** So many deploys of one application and stage at one moment are a clock that stands still. */
class CrowdedMomentError extends NightshiftError {
  readonly code = 'records';

  constructor({ app, stage, at }: Deploy) {
    super(`the deploy of ${app} to ${stage} could not be recorded: ${MOMENTS} others are recorded at ${at}`, {
      hint: "check the machine's clock",
    });
  }
}

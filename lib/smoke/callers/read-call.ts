import { isFields } from '../../kubernetes/fields.ts';
import type { Call } from './call.ts';
import { readCodeDeploy } from './code-deploy-event.ts';
import { readCodePipeline } from './code-pipeline-event.ts';
import { readEcs } from './ecs-event.ts';
import { readEventBridge } from './event-bridge-event.ts';
import { readHttp } from './http-event.ts';

/**
 * Recognises a platform by the shape of its event. Total: whatever cannot be read is a call with a `problem`, because a platform that gets no
 * answer stands still. What no platform sends is the job's own event.
 */
export function readCall(event: unknown): Call {
  if (isFields(event)) {
    for (const read of [readCodePipeline, readCodeDeploy, readEcs, readHttp, readEventBridge]) {
      const call = read(event);
      if (call !== undefined) return call;
    }
  }
  return { caller: { kind: 'plain' }, event };
}

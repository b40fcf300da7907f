import type { MetadataBearer, Pluggable } from '@smithy/types';
import type { LogFields } from '../platform/log.ts';
import { trafficLog } from '../platform/traffic.ts';
import { failureOf } from './failure.ts';

/** As much of an AWS client as takes a middleware. */
interface Extensible<Input extends object, Output extends object> {
  readonly middlewareStack: { use(plugin: Pluggable<Input, Output>): void };
}

/**
 * A client that tells the run's log of each request it sends, retries included: which call, where to, how it ended and how long it took.
 * Neither headers nor bodies nor queries: credentials and data are there.
 */
export function tellTraffic<Input extends object, Output extends MetadataBearer, C extends Extensible<Input, Output>>(client: C): C {
  client.middlewareStack.use(telling());
  return client;
}

/** Last before the request leaves, behind the SDK's own retries. */
function telling<Input extends object, Output extends object>(): Pluggable<Input, Output> {
  return {
    applyToStack: (stack) =>
      stack.add(
        (next, { clientName, commandName }) =>
          async (args) => {
            const log = trafficLog();
            if (!log) return next(args);
            const start = performance.now();
            const tell = (outcome: LogFields): void => {
              const durationMs = Math.round(performance.now() - start);
              log.debug('aws request', { call: callName(clientName, commandName), ...requestFields(args.request), ...outcome, durationMs });
            };
            try {
              const result = await next(args);
              tell({ status: field(result.response, 'statusCode') });
              return result;
            } catch (error) {
              const { name, status } = failureOf(error);
              tell({ ...(status !== undefined && { status }), reason: name });
              throw error;
            }
          },
        { step: 'finalizeRequest', priority: 'low', name: 'nightshiftTraffic' },
      ),
  };
}

/** `EKS:DescribeCluster` */
function callName(clientName = '', commandName = ''): string {
  return `${clientName.replace(/Client$/, '')}:${commandName.replace(/Command$/, '')}`;
}

function requestFields(request: unknown): LogFields {
  const [, attempt] = /attempt=(\d+)/.exec(String(field(field(request, 'headers'), 'amz-sdk-request'))) ?? [];
  return { path: field(request, 'path'), attempt: attempt === undefined ? undefined : Number(attempt) };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

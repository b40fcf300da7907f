import type { V1CronJob } from '@kubernetes/client-node';
import type { KindAdapter } from './kind.ts';

/**
 * CronJob: asleep is `spec.suspend: true`. py-kube-downscaler records "1" (one schedule running), GoKubeDownscaler the previous
 * `spec.suspend`, so "false" means it was running. "0" is a count to the one and a boolean to the other: not readable.
 */
const originals: Readonly<Record<string, number>> = { '1': 1, false: 1, true: 0 };

export const cronJobKind: KindAdapter = {
  resource: { group: 'batch', version: 'v1', plural: 'cronjobs', kind: 'CronJob', namespaced: true },
  stage: 3,
  scalable: false,
  sizeOf: (object) => ((object as V1CronJob).spec?.suspend ? 0 : 1),
  // It keeps no Pod running: what its Jobs would have used between now and then is not known.
  requestsOf: () => undefined,
  resize: (size) => ({ suspend: size === 0 }),
  parseOriginal: (text) => (Object.hasOwn(originals, text) ? originals[text] : undefined),
  formatOriginal: (size, format) => (format === 'go' ? String(size === 0) : String(size)),
  describe: (size) => (size === 0 ? 'suspended' : 'running'),
};

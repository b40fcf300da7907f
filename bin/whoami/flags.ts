import type { ConnectionFlags } from '../flags/connection.ts';
import type { GlobalFlags } from '../flags/global.ts';

export type WhoamiFlags = GlobalFlags &
  Pick<ConnectionFlags, 'profile' | 'region' | 'roleArn' | 'externalId' | 'kubeconfig' | 'context' | 'cluster'>;

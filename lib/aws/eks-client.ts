import { EKSClient } from '@aws-sdk/client-eks';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** The EKS client of a region and role; `config.credentials()` gives what cluster tokens are signed with. */
export const eksClient = onePerTarget((target) => tellTraffic(new EKSClient({ ...clientConfig(target) })));

import { SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** The SSM client of a region and role. */
export const ssmClient = onePerTarget((target) => tellTraffic(new SSMClient({ ...clientConfig(target) })));

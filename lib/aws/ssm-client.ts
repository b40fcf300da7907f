import { SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';

/** The SSM client of a region and role. */
export const ssmClient = onePerTarget((target) => new SSMClient({ ...clientConfig(target) }));

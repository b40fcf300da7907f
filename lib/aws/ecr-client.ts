import { ECRClient } from '@aws-sdk/client-ecr';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** The ECR client of a region and role. */
export const ecrClient = onePerTarget((target) => tellTraffic(new ECRClient({ ...clientConfig(target) })));

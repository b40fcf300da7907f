import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** The Secrets Manager client of a region and role. */
export const secretsManagerClient = onePerTarget((target) => tellTraffic(new SecretsManagerClient({ ...clientConfig(target) })));

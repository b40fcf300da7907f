import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';

/** A region, and who says so: a variable, the profile in use, or the instance that this process runs on. */
export interface KnownRegion {
  readonly name: string;
  readonly from: 'AWS_REGION' | 'AWS_DEFAULT_REGION' | 'profile' | 'instance-metadata';
}

const nothing = (): undefined => undefined;

/** The region that a command works in when no flag says. Where nothing is known, the instance's metadata is asked, which takes up to two seconds elsewhere. */
export async function knownRegion(env: Readonly<Record<string, string | undefined>>): Promise<KnownRegion | undefined> {
  if (env.AWS_REGION) return { name: env.AWS_REGION, from: 'AWS_REGION' };
  if (env.AWS_DEFAULT_REGION) return { name: env.AWS_DEFAULT_REGION, from: 'AWS_DEFAULT_REGION' };
  const ofProfile = await asked({ configFileSelector: NODE_REGION_CONFIG_OPTIONS.configFileSelector, default: '' });
  if (ofProfile) return { name: ofProfile, from: 'profile' };
  const ofInstance = await asked({ configFileSelector: nothing, default: NODE_REGION_CONFIG_OPTIONS.default });
  return ofInstance ? { name: ofInstance, from: 'instance-metadata' } : undefined;
}

/** The SDK's own reading of one place; it throws when an instance, or a file that cannot be read, says nothing. */
async function asked(place: Pick<typeof NODE_REGION_CONFIG_OPTIONS, 'configFileSelector' | 'default'>): Promise<string | undefined> {
  return loadConfig<string>({ environmentVariableSelector: nothing, ...place }, NODE_REGION_CONFIG_FILE_OPTIONS)().catch(nothing);
}

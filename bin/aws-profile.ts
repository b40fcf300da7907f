import type { Io } from './io.ts';

/** How the SDK's warning begins that the environment has keys beside a profile. */
const TWO_SOURCES = '@aws-sdk/credential-provider-node - defaultProvider::fromEnv WARNING';

/**
 * `--profile` is AWS_PROFILE for this command and for all that it starts, an exec plugin of a kubeconfig among them. It goes into the environment of the process,
 * for that is where the AWS SDK looks.
 * @throws BadInputError when the AWS configuration has no such profile
 */
export async function withProfile(io: Io, profile: string | undefined): Promise<Io> {
  if (profile === undefined) return io;
  await (await import('../lib/aws/profiles.ts')).assertProfile(profile);
  process.env.AWS_PROFILE = profile;
  passOverTwoSources();
  return { ...io, env: { ...io.env, AWS_PROFILE: profile } };
}

/** Who names a profile has chosen; that there are keys in the environment as well is no news. */
function passOverTwoSources(): void {
  const { warn } = globalThis.console;
  const passing = (...words: unknown[]): void => (String(words[0]).startsWith(TWO_SOURCES) ? undefined : warn(...words));
  Object.assign(globalThis.console, { warn: passing });
}

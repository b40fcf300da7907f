import { CodeDeployClient as Client, type CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { BadInputError } from '../platform/errors.ts';
import { awsError } from './aws-error.ts';
import { clientConfig } from './client-config.ts';
import { failureOf } from './failure.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** Asking may be repeated, unlike answering. */
const codeDeployReader = onePerTarget((target) => tellTraffic(new Client({ ...clientConfig(target, { requestTimeoutMs: 5_000 }) })));

/**
 * The application that a deployment of CodeDeploy belongs to. Needs codedeploy:GetDeployment on its deployment group.
 * @throws BadInputError for a deployment that does not exist; AwsError
 */
export async function codeDeployApplication(
  deploymentId: string,
  region: string,
  { client = codeDeployReader({ region }), signal }: { readonly client?: CodeDeployClient; readonly signal?: AbortSignal } = {},
): Promise<string> {
  try {
    const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }), signal ? { abortSignal: signal } : {});
    if (deploymentInfo?.applicationName) return deploymentInfo.applicationName;
  } catch (error) {
    if (!/^(?:DeploymentDoesNotExist|InvalidDeploymentId)Exception$/.test(failureOf(error).name))
      throw awsError(error, { permission: 'codedeploy:GetDeployment', resource: 'its deployment group', region }, signal);
  }
  throw new BadInputError(`deployment ${deploymentId.slice(0, 100)} is not known to CodeDeploy in ${region}`, {
    hint: 'check the region of the function',
  });
}

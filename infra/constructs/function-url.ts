import { CfnOutput } from 'aws-cdk-lib';
import { FunctionUrlAuthType, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/**
 * A URL for callers that cannot sign requests: Flagger's webhooks and Argo's web metrics send plain HTTP. The function lets nobody in who does not
 * show the bearer token; without the parameter that holds it there is no URL.
 */
export class OpenFunctionUrl extends Construct {
  constructor(scope: Construct, id: string, { target, job }: { readonly target: IFunction; readonly job: string }) {
    super(scope, id);
    const url = target.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    new CfnOutput(this, 'Url', { value: url.url, description: `the URL of ${job}; callers show the bearer token` });
  }
}

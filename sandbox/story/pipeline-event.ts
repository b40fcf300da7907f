/** What CodePipeline sends a function for an action of its pipeline. @param asked the action's UserParameters */
export function pipelineEvent(jobId: string, asked: object): object {
  const configuration = { FunctionName: 'post-deploy-smoke', UserParameters: JSON.stringify(asked) };
  const data = { actionConfiguration: { configuration }, inputArtifacts: [], outputArtifacts: [], artifactCredentials: {} };
  return { 'CodePipeline.job': { id: jobId, accountId: '000000000000', data } };
}

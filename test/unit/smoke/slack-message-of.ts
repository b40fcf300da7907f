import { slackText } from '../../../lib/notify/slack-message.ts';
import { silentLog } from '../../../lib/platform/log.ts';
import { tellOfFailure } from '../../../lib/platform/run-failure.ts';
import { judge } from '../../../lib/smoke/gate/judge.ts';
import type { SuiteResult } from '../../../lib/smoke/suite-result.ts';

/** What people read in Slack of a suite that the function ran, on the way that the function tells it. */
export async function slackMessageOf(suite: SuiteResult): Promise<string> {
  let text = '';
  const report = { job: 'post-deploy-smoke', runId: 'r', ...judge({ claim: { suite: suite.suite }, suite, warnings: [] }) };
  const notify = async (notification: Parameters<typeof slackText>[0]): Promise<void> => {
    text = slackText(notification);
  };
  await tellOfFailure({ report }, { notify }, { log: silentLog, timeoutMs: 5_000 });
  return text;
}

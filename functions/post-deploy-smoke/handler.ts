import { systemClock } from '../../lib/platform/clock.ts';
import { lambdaRunner } from '../../lib/platform/lambda-runner.ts';
import { createLog } from '../../lib/platform/logger.ts';
import { processParameters } from '../../lib/platform/process-parameters.ts';
import { answerCaller } from '../../lib/smoke/callers/answer-caller.ts';
import { createAnswers } from './answers.ts';
import { postDeploySmoke } from './job.ts';

const { env } = process;
const { name } = postDeploySmoke;

/** What it answers depends on who asks: a report, a hook's status, an HTTP response; a pipeline is answered by a call of its own. */
export const handler = answerCaller({
  job: name,
  run: lambdaRunner(postDeploySmoke),
  answers: createAnswers({ env, clock: systemClock, parameters: processParameters }),
  clock: systemClock,
  log: createLog({ job: name }),
});

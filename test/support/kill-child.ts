import { scaleConfigSchema } from '../../functions/scale-dev-nightly/config.ts';
import { scaleDevNightly } from '../../functions/scale-dev-nightly/job.ts';

/**
 * One run of the night in a process of its own, to be killed: `node kill-child.ts KUBECONFIG STATE_DIRECTORY EVENT RUN_ID`, the event as JSON.
 * Says `started` when it is about to begin and `done N of M` after each changed object, a line each; its last line is the report.
 */
const [path, directory, event = '{}', runId] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const config = scaleConfigSchema.parse({
  clusters: [{ via: 'kubeconfig', name: 'kill-loop', path }],
  policy: { gracePeriodSeconds: 0 },
  state: { via: 'directory', path: directory },
  // Few enough that a run takes long enough to be killed in the middle of its writes.
  concurrency: 2,
});

say('started');
const report = await scaleDevNightly.run(JSON.parse(event), {
  config,
  ...(runId !== undefined && { runId }),
  progress: (done, total) => say(`done ${done} of ${total}`),
});
say(JSON.stringify(report));

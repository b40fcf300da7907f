import { Argument, type Command } from 'commander';
import { addProfileFlag } from '../flags/connection.ts';
import { addGlobalFlags } from '../flags/global.ts';
import { addStateFlags } from '../flags/run.ts';
import { named, wholeNumber } from '../flags/values.ts';
import { FUNCTION_NAMES } from '../functions.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** Running a function, and the world to run it in, on one's own machine. */
export function addLocalCommands(program: Command, run: Runner): void {
  const invoke = program
    .command('invoke')
    .description(
      'run a function as Lambda would, with the same event and environment, and print its report; asks nothing. ' +
        'A failed run, dry or not, is told to the channel of NIGHTSHIFT_SLACK_WEBHOOK_PARAMETER, where that is set',
    )
    .addArgument(new Argument('<function>', 'the function').choices(FUNCTION_NAMES))
    .option('--event <file>', 'its event as JSON or YAML; - for standard input (default: an empty event)', named)
    .option('--kubeconfig <file>', 'reach the cluster as this kubeconfig says, not as the environment does', named)
    .option('--context <name>', 'a context of the kubeconfig', named)
    .option('--dry-run', 'decide, report and change nothing, whatever the event says');
  addExamples(addGlobalFlags(addStateFlags(addProfileFlag(invoke))), [
    ['nightshift invoke scale-dev-nightly --kubeconfig ~/.kube/config --dry-run', 'what would tonight do to my cluster?'],
    [`echo '{"action":"wake"}' | nightshift invoke scale-dev-nightly --event - -o json`, 'an event as EventBridge would send it'],
    ['nightshift invoke post-deploy-smoke --event job.json --context dev', 'prove a release from here; nobody but you is answered'],
  ]);
  bind(invoke, run, async () => (await import('../commands/invoke.ts')).invoke);

  const sandbox = program
    .command('sandbox')
    .description('watch an embedded cluster go to sleep, wake up and get its releases; nothing outside this process is touched')
    .option('--serve', 'keep the embedded Kubernetes and AWS endpoints running, to be used by kubectl and nightshift')
    .option('--port <n>', 'port of the Kubernetes endpoint with --serve (default: any free one)', wholeNumber(0, 65_535))
    .option('--kubeconfig-out <file>', 'where --serve writes the kubeconfig (default: a temporary file)', named);
  addExamples(addGlobalFlags(sandbox), [
    ['nightshift sandbox', 'the story, in under a minute'],
    [
      'nightshift sandbox --serve --kubeconfig-out /tmp/night.kubeconfig',
      'then, elsewhere: kubectl --kubeconfig /tmp/night.kubeconfig get deploy -A',
    ],
  ]);
  bind(sandbox, run, async () => (await import('../commands/sandbox.ts')).sandbox);
}

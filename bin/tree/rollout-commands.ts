import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { addRolloutFlags, workload } from '../flags/rollout.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** Following what a deploy set off. */
export function addRolloutCommands(program: Command, run: Runner): void {
  const rollout = program.command('rollout').description('follow the rollout of a workload');
  const wait = rollout
    .command('wait')
    .description('wait until a workload is rolled out; exit code 1 as soon as it cannot be, with the cause (limit: --timeout, or 5m)')
    .argument(
      '<kind/name>',
      'deployment, statefulset, daemonset, job or rollout (of Argo), also by their short names: deploy/web',
      workload,
    );
  addExamples(addGlobalFlags(addRolloutFlags(wait)), [
    [
      'nightshift rollout wait deploy/web -n shop --image registry.example.com/shop/web:1.4.2',
      'after kubectl apply, also when the controller is slow to notice',
    ],
    ['nightshift rollout wait sts/db -n shop --timeout 15m -o json', 'one document for a pipeline'],
    ['nightshift rollout wait deploy/web -n shop --mode kubectl', 'as kubectl rollout status would decide'],
  ]);
  bind(wait, run, async () => (await import('../commands/rollout-wait.ts')).rolloutWait);
}

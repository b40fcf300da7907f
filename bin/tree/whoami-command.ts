import { type Command, Option } from 'commander';
import { addProfileFlag } from '../flags/connection.ts';
import { addGlobalFlags } from '../flags/global.ts';
import { named, repeated } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

export function addWhoamiCommand(program: Command, run: Runner): void {
  const whoami = program
    .command('whoami')
    .description('whom AWS, and a cluster, take you for, and where the credentials come from (exit code 1 when they are refused)')
    .optionsGroup('AWS:');
  addProfileFlag(whoami)
    .option('--region <region>', 'AWS region to ask in', named)
    .option('--role-arn <arn>', 'IAM role to assume first', named)
    .option('--external-id <id>', 'external id that the role asks for', named)
    .optionsGroup('Cluster (none unless one is named):')
    .option('--kubeconfig <file>', 'ask the cluster of this kubeconfig', named)
    .option('--context <name>', 'ask the cluster of this context', named)
    .addOption(
      new Option('--cluster <name>', 'ask this EKS cluster; may be repeated').argParser(repeated).conflicts(['kubeconfig', 'context']),
    );
  addExamples(addGlobalFlags(whoami), [
    ['nightshift whoami --profile dev', 'is the login of this profile still good, and until when?'],
    ['nightshift whoami --cluster dev-eu --role-arn arn:aws:iam::111122223333:role/nightshift-spoke', 'what does a role see in a cluster?'],
  ]);
  bind(whoami, run, async () => (await import('../commands/whoami.ts')).whoami);
}

import { type Command, Option } from 'commander';
import { named, namespaces, repeated } from './values.ts';

/** Which clusters; nothing means the current context of $KUBECONFIG or ~/.kube/config. */
export interface ConnectionFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: readonly string[];
  /** Of the AWS configuration; taken up for the whole command before it begins. */
  readonly profile?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly inCluster?: boolean;
  readonly namespace?: readonly string[];
}

export function addConnectionFlags(command: Command): Command {
  return addNamespaceFlag(addProfileFlag(addClusterFlags(command)));
}

/** AWS_PROFILE as a flag. */
export function addProfileFlag(command: Command): Command {
  return command.option('--profile <name>', 'a profile of the AWS configuration, for all that is asked of AWS (env: AWS_PROFILE)', named);
}

function addClusterFlags(command: Command): Command {
  return command
    .optionsGroup('Cluster (default: the current context of $KUBECONFIG or ~/.kube/config):')
    .option('--kubeconfig <file>', 'reach the cluster as this kubeconfig says', named)
    .option('--context <name>', 'a context of the kubeconfig', named)
    .addOption(
      new Option('--cluster <name>', 'an EKS cluster, by name; may be repeated').argParser(repeated).conflicts(['kubeconfig', 'context']),
    )
    .option('--region <region>', 'AWS region of the EKS clusters', named)
    .option('--role-arn <arn>', 'IAM role to assume for the EKS clusters', named)
    .option('--external-id <id>', 'external id that the role asks for', named)
    .addOption(new Option('--in-cluster', 'use the service account of this Pod').conflicts(['kubeconfig', 'context', 'cluster']));
}

function addNamespaceFlag(command: Command): Command {
  return command.option('-n, --namespace <names>', 'only this namespace; may be repeated', namespaces);
}

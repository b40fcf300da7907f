import { Validations } from 'aws-cdk-lib';
import { type IVpc, Peer, Port, SecurityGroup, type SubnetSelection, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { VpcSection } from '../../lib/configuration/schema.ts';

/**
 * Where functions stand that reach clusters with private endpoints. Nothing is looked up: synthesis works without credentials.
 * The cluster's own security group has to let HTTPS in from the group here.
 */
export class FunctionNetwork extends Construct {
  readonly placement: Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
  readonly #vpc: IVpc;

  constructor(scope: Construct, id: string, { name, vpc }: { readonly name: string; readonly vpc: VpcSection }) {
    super(scope, id);
    this.#vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: vpc.id,
      availabilityZones: [...vpc.availabilityZones],
      privateSubnetIds: [...vpc.subnets],
    });
    for (const subnet of this.#vpc.privateSubnets) {
      Validations.of(subnet).acknowledge({
        id: 'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId',
        reason: 'Functions are only placed into the subnet; nothing here asks for its route table.',
      });
    }
    const vpcSubnets: SubnetSelection = { subnets: this.#vpc.privateSubnets };
    const securityGroups = vpc.securityGroups.map((group) => SecurityGroup.fromSecurityGroupId(this, group, group, { mutable: false }));
    this.placement = { vpc: this.#vpc, vpcSubnets, securityGroups: securityGroups.length > 0 ? securityGroups : [this.#httpsOnly(name)] };
  }

  #httpsOnly(name: string): SecurityGroup {
    const group = new SecurityGroup(this, 'Group', {
      vpc: this.#vpc,
      securityGroupName: name,
      description: 'Nightshift: HTTPS to clusters and AWS, nothing in',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'clusters, AWS APIs and Slack have no fixed addresses');
    return group;
  }
}

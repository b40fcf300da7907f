import { Validations } from 'aws-cdk-lib';
import { type ISecurityGroup, type IVpc, Peer, Port, SecurityGroup, type SubnetSelection, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { VpcSection } from '../../lib/configuration/schema.ts';

/** Where a function's calls go: to clusters and AWS by HTTPS, or wherever the checks of people say. */
export type Outbound = 'https' | 'any';

type Placement = Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'>;

/**
 * Where functions stand that reach clusters with private endpoints. Nothing is looked up: synthesis works without credentials.
 * The cluster's own security group has to let HTTPS in from the group here.
 */
export class FunctionNetwork extends Construct {
  readonly #vpc: IVpc;
  readonly #name: string;
  /** Of the configuration; none when groups are made here. */
  readonly #given: readonly ISecurityGroup[];

  constructor(scope: Construct, id: string, { name, vpc }: { readonly name: string; readonly vpc: VpcSection }) {
    super(scope, id);
    this.#name = name;
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
    this.#given = vpc.securityGroups.map((group) => SecurityGroup.fromSecurityGroupId(this, group, group, { mutable: false }));
  }

  placement(outbound: Outbound): Placement {
    const vpcSubnets: SubnetSelection = { subnets: this.#vpc.privateSubnets };
    const made = (): SecurityGroup => (outbound === 'https' ? this.#httpsOnly() : this.#anywhere());
    return { vpc: this.#vpc, vpcSubnets, securityGroups: this.#given.length > 0 ? [...this.#given] : [made()] };
  }

  #httpsOnly(): SecurityGroup {
    return this.#group('Group', this.#name, 'HTTPS to clusters and AWS, nothing in', [
      [Port.tcp(443), 'clusters, AWS APIs and Slack have no fixed addresses'],
    ]);
  }

  /** DNS goes to the resolver of the VPC, which no group restricts; a check may name a server of its own. */
  #anywhere(): SecurityGroup {
    return this.#group('OpenGroup', `${this.#name}-checks`, 'to whatever checks speak to, nothing in', [
      [Port.allTcp(), 'checks speak to the ports that suites name'],
      [Port.udp(53), 'checks of DNS may ask a server of their own'],
    ]);
  }

  #group(id: string, securityGroupName: string, description: string, out: readonly (readonly [Port, string])[]): SecurityGroup {
    const known = this.node.tryFindChild(id);
    if (known instanceof SecurityGroup) return known;
    const group = new SecurityGroup(this, id, {
      vpc: this.#vpc,
      securityGroupName,
      description: `Nightshift: ${description}`,
      allowAllOutbound: false,
    });
    for (const [port, reason] of out) group.addEgressRule(Peer.anyIpv4(), port, reason);
    return group;
  }
}

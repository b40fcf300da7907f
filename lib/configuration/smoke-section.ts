import * as z from 'zod';
import { ROLLOUT_KINDS } from '../rollout/kinds.ts';
import { parseIpRange } from '../smoke/addresses/ip-range.ts';
import { clusterName, parameterName, shortName } from './words.ts';

/** Names of suites are words of events, of paths of the function's URL and of SSM parameters. */
export const suiteName = z
  .string()
  .regex(
    /^[a-z0-9][\w.-]{0,63}$/,
    'must be up to 64 letters, digits, dots, dashes and underscores, starting with a small letter or a digit',
  );

const objectName = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be a name as Kubernetes takes it');

export const smokeTargetSchema = z.strictObject({
  cluster: clusterName.describe('its name in `clusters`'),
  namespace: objectName.describe('the namespace of the workload'),
  kind: z.enum(ROLLOUT_KINDS).default('Deployment').describe('the kind of the workload'),
  name: objectName.describe('the name of the workload'),
});

/** What EventBridge compares an event with; `detail` is a pattern of its own language. */
const triggerSchema = z.strictObject({
  source: z
    .array(z.string().min(1))
    .min(1)
    .describe('who sends the event')
    .meta({ examples: [['aws.codedeploy']] }),
  detailType: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('what has happened')
    .meta({ examples: [['CodeDeploy Deployment State-change Notification']] }),
  detail: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("a pattern for the event's detail")
    .meta({ examples: [{ state: ['SUCCESS'] }] }),
});

const suiteSectionSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe('the suite, relative to this file')
    .meta({ examples: ['smoke/shop.yaml'] }),
  stages: z
    .array(shortName)
    .min(1)
    .optional()
    .describe('the stages that have it; unless said, that of its cluster, or all')
    .meta({ examples: [['prod']] }),
  app: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('the application in release and deploy records')
    .meta({ examples: ['shop'] }),
  target: smokeTargetSchema
    .optional()
    .describe('the workload whose rollout is waited for and whose pods are to run the release')
    .meta({ examples: [{ cluster: 'dev', namespace: 'shop', kind: 'Deployment', name: 'web' }] }),
  codeDeploy: z
    .array(z.string().min(1).max(100))
    .min(1)
    .optional()
    .describe('CodeDeploy applications whose hooks run this suite')
    .meta({ examples: [['shop']] }),
  on: z
    .array(triggerSchema)
    .min(1)
    .max(5)
    .optional()
    .describe('events of EventBridge after which it runs')
    .meta({ examples: [[{ source: ['aws.codedeploy'] }]] }),
});

/** What post-deploy-smoke proves, and who may ask it to. */
export const smokeSectionSchema = z.strictObject({
  suites: z
    .record(suiteName, suiteSectionSchema)
    .default({})
    .describe('the suites, by the names that events use')
    .meta({ examples: [{ shop: { file: 'smoke/shop.yaml' } }] }),
  allow: z
    .array(
      z
        .string()
        .min(1)
        .refine((text) => parseIpRange(text) !== undefined, 'must be an address or a network: 127.0.0.1 or 10.0.0.0/8'),
    )
    .default([])
    .describe(
      'loopback, link-local and metadata addresses that suites may speak to, as addresses or networks; all others of these are refused',
    )
    .meta({ examples: [['169.254.20.10/32']] }),
  url: z
    .strictObject({
      tokenParameter: parameterName.describe('the SSM parameter (a SecureString that you create) with the bearer token that callers show'),
    })
    .optional()
    .describe('a URL for the gates of Flagger and the web metrics of Argo; unless said there is none')
    .meta({ examples: [{ tokenParameter: '/nightshift/smoke-token' }] }),
  repositories: z
    .array(z.string().regex(/^arn:aws[a-z-]*:ecr:[a-z0-9-]+:\d{12}:repository\/[\w./-]+$/, 'must be the ARN of an ECR repository'))
    .default([])
    .describe('ECR repositories whose tags are resolved to digests when a caller gives neither a digest nor a recorded version')
    .meta({ examples: [['arn:aws:ecr:eu-central-1:111122223333:repository/shop']] }),
  apis: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:(execute-api|lambda|vpc-lattice-svcs):/,
          'must be the ARN of an API, a function or a service of VPC Lattice',
        ),
    )
    .default([])
    .describe('what checks that are signed with SigV4 may call')
    .meta({ examples: [['arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/prod/GET/health']] }),
});

export type SmokeSection = z.output<typeof smokeSectionSchema>;

import * as z from 'zod';
import { clusterSchema } from './cluster-section.ts';
import { pricesSchema } from './prices-section.ts';
import { routesSchema } from './routes-section.ts';
import { sleepSectionSchema } from './sleep-section.ts';
import { smokeSectionSchema } from './smoke-section.ts';
import { stageSchema } from './stage-section.ts';
import { shortName } from './words.ts';

/**
 * `nightshift.yaml`: the one file that says what is deployed. Unknown words are errors; what spans the file is in `check-*.ts`.
 * Every word has a description and, where a value needs showing, examples: editors show them (`schema/nightshift.schema.json`).
 */
export const configurationSchema = z
  .strictObject({
    version: z.literal(1).describe('the version of this format'),
    name: shortName
      .default('nightshift')
      .describe('the prefix of everything that is deployed, `<name>-<stage>`; together 28 characters at most'),
    stages: z
      .record(shortName, stageSchema)
      .refine((stages) => Object.keys(stages).length > 0, 'must name at least one stage')
      .describe('one deployment each, by name: its functions, its state, its schedules')
      .meta({ minProperties: 1 }),
    clusters: z.array(clusterSchema).min(1, 'must name at least one cluster').describe('the EKS clusters that are looked after'),
    sleep: sleepSectionSchema.prefault({}).describe('when dev workloads sleep; annotations on namespaces and workloads refine it'),
    routes: routesSchema.prefault({}).describe('whom Nightshift tells'),
    smoke: smokeSectionSchema
      .optional()
      .describe('what post-deploy-smoke proves after a deploy, and who may ask it to')
      .meta({ examples: [{ suites: { shop: { file: 'smoke/shop.yaml' } } }] }),
    prices: pricesSchema
      .optional()
      .describe('turns what sleeps into money, in reports and on the dashboard')
      .meta({ examples: [{ currency: 'USD', vcpuHour: 0.04, gibHour: 0.0045 }] }),
  })
  .meta({
    title: 'nightshift.yaml',
    description: 'What Nightshift deploys: stages, clusters, sleep policy, smoke suites, routes and prices.',
  });

export type Configuration = Readonly<z.output<typeof configurationSchema>>;
export type StageSection = Configuration['stages'][string];
export type ClusterSection = Configuration['clusters'][number];
export type Routes = Configuration['routes'];
export type VpcSection = NonNullable<StageSection['vpc']>;
export type Prices = NonNullable<Configuration['prices']>;

import type { Problem } from '../platform/schema-problems.ts';
import { pathText } from '../platform/schema-problems.ts';
import { checkClusters } from './check-clusters.ts';
import { checkNames } from './check-names.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkShape } from './check-shape.ts';
import { checkSmoke } from './check-smoke.ts';
import { checkStages } from './check-stages.ts';
import { outlineOf } from './outline.ts';
import { type ConfigurationRemark, readYaml } from './read-yaml.ts';
import type { Configuration } from './schema.ts';
import { warningsOf } from './warnings.ts';
import type { YamlPlaces } from './yaml-places.ts';

export type { ConfigurationRemark } from './read-yaml.ts';

export type ConfigurationResult =
  | {
      readonly ok: true;
      readonly configuration: Configuration;
      /** Where the words of the file are written. */
      readonly places: YamlPlaces;
      readonly warnings: readonly ConfigurationRemark[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigurationRemark[] };

/** Reads the text of a `nightshift.yaml` (JSON is YAML too). Never throws; every problem is reported, each where it is. */
export function readConfiguration(text: string): ConfigurationResult {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { value, places } = yaml;
  const remark = ({ path, message }: Problem): ConfigurationRemark => ({ path: pathText(path), ...places.placeOf(path), message });
  const shape = checkShape(value, places);
  const outline = outlineOf(value);
  const schedules = checkSchedules(outline);
  const found = [
    ...(shape.ok ? [] : shape.problems),
    ...checkNames(outline),
    ...checkStages(outline),
    ...checkClusters(outline),
    ...checkSmoke(outline),
    ...schedules.problems,
  ].map(remark);
  const problems = [...yaml.problems, ...found];
  if (!shape.ok || problems.length > 0) return { ok: false, problems: problems.sort(byPlace) };
  return {
    ok: true,
    configuration: shape.configuration,
    places,
    warnings: [...schedules.warnings, ...warningsOf(shape.configuration)].map(remark).sort(byPlace),
  };
}

function byPlace(a: ConfigurationRemark, b: ConfigurationRemark): number {
  return a.line - b.line || a.column - b.column;
}

import { fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Steps } from '../patch/changes.ts';

/** Where a document says which version of a chart it wants. */
export interface ChartPlace {
  /** To the scalar. */
  readonly path: Steps;
  readonly name: string;
  readonly version: string;
}

/** Lists of charts by their names: Chart.yaml and its like, and kustomizations. */
const LISTS = new Set(['dependencies', 'helmCharts']);

/**
 * Every chart of a document: the dependencies of a Chart.yaml, the sources of an Argo CD Application, a Flux HelmRelease or HelmChart, the helmCharts of a
 * kustomization. They are told by their shape, wherever they stand.
 */
export function chartPlaces(tree: Json, path: Steps = []): readonly ChartPlace[] {
  if (Array.isArray(tree)) return tree.flatMap((item, index) => chartPlaces(item, [...path, index]));
  if (!isJsonObject(tree)) return [];
  const here = [...placeIn(tree, path, 'chart', 'targetRevision'), ...placeIn(tree, path, 'chart', 'version'), ...listed(tree, path)];
  return [...here, ...Object.entries(tree).flatMap(([key, value]) => (value === undefined ? [] : chartPlaces(value, [...path, key])))];
}

function listed(map: JsonObject, path: Steps): readonly ChartPlace[] {
  return Object.entries(map).flatMap(([key, value]) =>
    LISTS.has(key) && Array.isArray(value) ? value.flatMap((item, index) => placeIn(item, [...path, key, index], 'name', 'version')) : [],
  );
}

function placeIn(map: Json, path: Steps, nameField: string, versionField: string): readonly ChartPlace[] {
  const [name, version] = [fieldOf(map, nameField), fieldOf(map, versionField)];
  return typeof name === 'string' && typeof version === 'string' ? [{ path: [...path, versionField], name, version }] : [];
}

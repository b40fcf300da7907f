/** As much of a suite's section, and of the clusters, as says where it belongs. */
export interface PlacedSuite {
  readonly stages?: readonly string[] | undefined;
  readonly target?: { readonly cluster?: string | undefined } | undefined;
}

/** The stages that have a suite: those it names, else the one whose cluster it is about, else all. */
export function stagesOfSuite(
  { stages, target }: PlacedSuite,
  all: readonly string[],
  clusters: readonly { readonly name?: string | undefined; readonly stage?: string | undefined }[],
): readonly string[] {
  if (stages !== undefined) return stages;
  if (target?.cluster === undefined) return all;
  return clusters.flatMap(({ name, stage }) => (name === target.cluster && stage !== undefined ? [stage] : []));
}

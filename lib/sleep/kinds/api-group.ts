interface Typed {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
}

/** `apps` of `apps/v1`; the core group of `v1` is ''. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Whether an object is of this kind of one of these groups: other APIs have Deployments too. One without apiVersion is taken at its word. */
export function isOf({ apiVersion, kind }: Typed, wanted: string, groups: readonly string[]): boolean {
  return kind === wanted && (!apiVersion || groups.includes(groupOf(String(apiVersion))));
}

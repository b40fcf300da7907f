/** A role of another account (or of less power) that calls are made with. */
export interface RoleToAssume {
  readonly arn: string;
  /** What the role's trust policy asks for when it is shared between accounts. */
  readonly externalId?: string;
  /** Shown in CloudTrail. @default nightshift */
  readonly sessionName?: string;
}

/** Where AWS calls go, and as whom: the key under which clients are cached. */
export interface AwsTarget {
  readonly region: string;
  readonly role?: RoleToAssume;
}

/** One value per target for the life of the process, so that connections and credentials are shared by all who ask. */
export function onePerTarget<T>(make: (target: AwsTarget) => T): (target: AwsTarget) => T {
  const made = new Map<string, T>();
  return (target) => {
    const { region, role } = target;
    const key = JSON.stringify([region, role?.arn, role?.externalId, role?.sessionName]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(target);
    made.set(key, value);
    return value;
  };
}

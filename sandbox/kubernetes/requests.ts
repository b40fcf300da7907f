/** One request as the server saw it. */
export interface RequestRecord {
  readonly verb: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** `deployments` or `deployments/scale`; absent outside resources. */
  readonly resource?: string;
  readonly user?: string;
  /** What was answered; 0 when the connection was dropped instead. */
  readonly status: number;
}

/** What the server was asked, for tests and for the story. */
export interface Requests {
  readonly total: number;
  readonly byVerb: Readonly<Record<string, number>>;
  /** The last 10,000, oldest first. */
  readonly log: readonly RequestRecord[];
  /** TLS connections accepted. */
  readonly connections: number;
  reset(): void;
}

const KEPT = 10_000;

export class RequestLog implements Requests {
  total = 0;
  connections = 0;
  byVerb: Record<string, number> = {};
  log: RequestRecord[] = [];

  record(entry: RequestRecord): void {
    this.total++;
    this.byVerb[entry.verb] = (this.byVerb[entry.verb] ?? 0) + 1;
    this.log.push(entry);
    if (this.log.length > 2 * KEPT) this.log = this.log.slice(-KEPT);
  }

  reset(): void {
    this.total = 0;
    this.connections = 0;
    this.byVerb = {};
    this.log = [];
  }
}

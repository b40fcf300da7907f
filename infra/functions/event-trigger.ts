/** An event of EventBridge after which a function runs. */
export interface EventTrigger {
  /** Unlike any other of the function; part of the rule's name. */
  readonly name: string;
  readonly description: string;
  readonly pattern: {
    readonly source: readonly string[];
    readonly detailType?: readonly string[];
    /** In EventBridge's own language of patterns. */
    readonly detail?: Readonly<Record<string, unknown>>;
  };
  /** What the function is given in the place of the event. */
  readonly input: Readonly<Record<string, unknown>>;
}

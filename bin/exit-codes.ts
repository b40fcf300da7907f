/** What a shell or a pipeline can act on; contract of the CLI. */
export const ExitCode = {
  /** Done, or nothing to do. */
  done: 0,
  /** The job failed, or the check is negative. */
  failed: 1,
  /** Bad usage or bad input; the caller has to change the command. */
  usage: 2,
  /** Refused to be safe; nothing was changed. */
  refused: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

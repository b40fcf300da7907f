/** Whose rules a status is told by, and in whose words. */
export const STATUS_MODES = ['verdict', 'kstatus', 'kubectl'] as const;

export type StatusMode = (typeof STATUS_MODES)[number];

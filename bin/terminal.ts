import type { Io, OutputStream } from './io.ts';

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 } as const;
export type Style = keyof typeof STYLES;

/** How text may look on one stream. */
export interface Terminal {
  /** Characters per line; undefined where lines are not folded by a terminal. */
  readonly columns: number | undefined;
  paint(style: Style, text: string): string;
}

/** Colours only on a terminal that shows them, and not when NO_COLOR (no-color.org) or TERM=dumb say otherwise. */
export function terminalOf(stream: OutputStream, env: Io['env']): Terminal {
  const onTerminal = stream.isTTY === true;
  const coloured = onTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    columns: onTerminal ? stream.columns : undefined,
    paint: (style, text) => (coloured ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text),
  };
}

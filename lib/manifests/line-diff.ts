/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** Lines that differ, beyond which all between the first and the last is shown as replaced: time and memory grow with their square. */
const MOST_STEPS = 1_000;

interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Lines of the old and of the new text before this one. */
  readonly old: number;
  readonly new: number;
}

/** A unified diff, as `diff -u` prints it, without a final line break; '' for equal texts. */
export function lineDiff(before: string, after: string, name: string): string {
  const lines = diffLines(splitLines(before), splitLines(after));
  const hunks = hunksOf(lines);
  return hunks.length === 0 ? '' : [`--- ${name}`, `+++ ${name}`, ...hunks.flatMap(hunkText)].join('\n');
}

function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** What both begin and end with is left to itself; between, the shortest way from one to the other. */
function diffLines(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const signs = [
    ...Array<' '>(head).fill(' '),
    ...shortestWay(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...Array<' '>(tail).fill(' '),
  ];
  let [old, now] = [0, 0];
  return signs.map((sign): DiffLine => {
    const line = { sign, text: (sign === '+' ? b[now] : a[old]) ?? '', old, new: now };
    if (sign !== '+') old += 1;
    if (sign !== '-') now += 1;
    return line;
  });
}

/** Myers' greedy algorithm: quick when few lines differ, however many there are. */
function shortestWay(a: readonly string[], b: readonly string[]): readonly DiffLine['sign'][] {
  const reached = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let steps = 0; steps <= MOST_STEPS; steps++) {
    trail.push(new Map(reached));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = comesFromAbove(reached, diagonal, steps) ? at(reached, diagonal + 1) : at(reached, diagonal - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return signsAlong(trail, a.length, b.length);
    }
  }
  return [...Array<'-'>(a.length).fill('-'), ...Array<'+'>(b.length).fill('+')];
}

function comesFromAbove(reached: ReadonlyMap<number, number>, diagonal: number, steps: number): boolean {
  return diagonal === -steps || (diagonal !== steps && at(reached, diagonal - 1) < at(reached, diagonal + 1));
}

function at(reached: ReadonlyMap<number, number>, diagonal: number): number {
  return reached.get(diagonal) ?? -1;
}

function signsAlong(trail: readonly ReadonlyMap<number, number>[], endX: number, endY: number): readonly DiffLine['sign'][] {
  const signs: DiffLine['sign'][] = [];
  let [x, y] = [endX, endY];
  for (let steps = trail.length - 1; steps >= 0; steps--) {
    const reached = trail[steps] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = comesFromAbove(reached, diagonal, steps);
    const fromX = steps === 0 ? 0 : at(reached, down ? diagonal + 1 : diagonal - 1);
    const fromY = steps === 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
    while (x > fromX && y > fromY) {
      signs.push(' ');
      x -= 1;
      y -= 1;
    }
    if (steps > 0) signs.push(down ? '+' : '-');
    [x, y] = [fromX, fromY];
  }
  return signs.reverse();
}

/** Changes with the lines around them, apart where more lines lie between. */
function hunksOf(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const hunks: { start: number; end: number }[] = [];
  for (const [index, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const last = hunks.at(-1);
    if (last && index - CONTEXT <= last.end) last.end = index + 1 + CONTEXT;
    else hunks.push({ start: Math.max(0, index - CONTEXT), end: index + 1 + CONTEXT });
  }
  return hunks.map(({ start, end }) => lines.slice(start, end));
}

function hunkText(hunk: readonly DiffLine[]): readonly string[] {
  const old = hunk.filter(({ sign }) => sign !== '+').length;
  const now = hunk.filter(({ sign }) => sign !== '-').length;
  const range = (before: number, count: number): string => `${count === 0 ? before : before + 1}${count === 1 ? '' : `,${count}`}`;
  const header = `@@ -${range(hunk[0]?.old ?? 0, old)} +${range(hunk[0]?.new ?? 0, now)} @@`;
  return [header, ...hunk.flatMap(({ sign, text }) => lineText(sign, text))];
}

function lineText(sign: string, text: string): readonly string[] {
  if (text.endsWith('\n')) return [sign + text.slice(0, -1).replace(/\r$/, '')];
  return [sign + text, '\\ No newline at end of file'];
}

import type { Metafile } from 'esbuild';
import { staticClosure } from './output.ts';
import { packageFolder } from './package-folder.ts';

/** Bytes of minified code by package, split by when a process reads them. */
export interface PackageBytes {
  /** npm name, `nightshift` for our own code, `(bundler)` for imports, exports and helpers that esbuild adds. */
  readonly package: string;
  /** Loaded whenever the entry is: the cold start pays for it. */
  readonly init: number;
  /** In chunks that a dynamic import loads when it runs. */
  readonly onDemand: number;
}

export interface Composition {
  readonly initBytes: number;
  readonly onDemandBytes: number;
  /** Largest at init first. */
  readonly packages: readonly PackageBytes[];
}

/**
 * What a bundle is made of, from esbuild's metafile.
 * @param entry path of the entry's output as the metafile names it.
 */
export function compose(metafile: Metafile, entry: string): Composition {
  const atInit = staticClosure(metafile, entry);
  const totals = new Map<string, { init: number; onDemand: number }>();
  const add = (name: string, phase: 'init' | 'onDemand', bytes: number): void => {
    const total = totals.get(name) ?? { init: 0, onDemand: 0 };
    total[phase] += bytes;
    totals.set(name, total);
  };
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (path.endsWith('.map')) continue;
    const phase = atInit.has(path) ? 'init' : 'onDemand';
    let attributed = 0;
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      add(packageFolder(input)?.name ?? 'nightshift', phase, bytesInOutput);
      attributed += bytesInOutput;
    }
    add('(bundler)', phase, output.bytes - attributed);
  }
  const packages = [...totals].map(([name, bytes]) => ({ package: name, ...bytes })).filter(({ init, onDemand }) => init + onDemand > 0);
  packages.sort((a, b) => b.init - a.init || b.onDemand - a.onDemand || a.package.localeCompare(b.package));
  return {
    initBytes: packages.reduce((sum, { init }) => sum + init, 0),
    onDemandBytes: packages.reduce((sum, { onDemand }) => sum + onDemand, 0),
    packages,
  };
}

/** A table for people: the packages of at least `minBytes`, the rest in one line, and the totals. */
export function compositionTable({ packages, initBytes, onDemandBytes }: Composition, minBytes = 4096): string {
  const shown = packages.filter(({ init, onDemand }) => init + onDemand >= minBytes);
  const small = packages.filter((row) => !shown.includes(row));
  const rest = {
    package: `${small.length} smaller packages`,
    init: small.reduce((sum, { init }) => sum + init, 0),
    onDemand: small.reduce((sum, { onDemand }) => sum + onDemand, 0),
  };
  const rows = [...shown, ...(small.length > 0 ? [rest] : []), { package: 'total', init: initBytes, onDemand: onDemandBytes }];
  const width = Math.max(...rows.map((row) => row.package.length));
  const line = (name: string, init: string, onDemand: string): string =>
    `${name.padEnd(width)}  ${init.padStart(10)}  ${onDemand.padStart(10)}`;
  return [
    line('package', 'init KB', 'later KB'),
    ...rows.map((row) => line(row.package, kilobytes(row.init), kilobytes(row.onDemand))),
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return bytes === 0 ? '-' : (bytes / 1000).toFixed(1);
}

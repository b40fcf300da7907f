import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A line of a stack that ends with a place in a file. */
const FRAME = /^(\s+at .*?)(file:\/\/[^\s()]+\.m?js):(\d+):(\d+)(\)?)$/;
/** Longer lines are somebody's text and no frames. */
const LONGEST_FRAME = 1_000;

const maps = new Map<string, SourceMap | undefined>();

/**
 * A stack whose places in a bundle are those in our sources: `lib/platform/job.ts:122:11` instead of `index.mjs:3:16980`.
 * The maps lie beside the bundle and are read when the first stack is, so that only a run with an error pays for them; `--enable-source-maps`
 * would read them at every cold start (docs/decisions/0005-packaging.md). A place without a map stays as it is.
 */
export function readableStack(stack: string): string {
  return stack.split('\n').map(readableFrame).join('\n');
}

function readableFrame(line: string): string {
  const [, before = '', url, row, column, after = ''] = (line.length <= LONGEST_FRAME && FRAME.exec(line)) || [];
  if (url === undefined) return line;
  const origin = mapOf(url)?.findOrigin(Number(row), Number(column));
  return origin && 'fileName' in origin ? `${before}${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}${after}` : line;
}

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

/** Nothing for a file that has no map, as in the npm package, or none that can be read: an error is being told, and shall not become another. */
function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

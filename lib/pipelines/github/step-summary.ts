import { appendFile, stat } from 'node:fs/promises';

/** The runner drops the whole summary of a step when it is larger. */
const LONGEST = 1024 * 1024;
const CUT = '\n\n_The summary was cut: a step may write 1 MiB._\n';

/**
 * Adds Markdown to the summary of the running GitHub Actions step. Returns false, having done nothing, outside of Actions and when what other
 * commands of the step have written leaves no room.
 * @param env where `GITHUB_STEP_SUMMARY` names the file
 */
export async function appendStepSummary(markdown: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return false;
  const used = (await stat(file).catch(() => undefined))?.size ?? 0;
  // A block of another command that ends without a line break must not run into ours.
  const text = Buffer.from(`${used > 0 ? '\n' : ''}${markdown.trimEnd()}\n`);
  const room = LONGEST - used;
  if (room <= CUT.length) return false;
  await appendFile(file, text.length <= room ? text : cut(text, room));
  return true;
}

/** Ends at a whole line, so that no character and no table row is cut in two. */
function cut(text: Buffer, room: number): string {
  const kept = text.subarray(0, room - CUT.length);
  const end = kept.lastIndexOf('\n');
  return `${kept.subarray(0, Math.max(0, end)).toString()}${CUT}`;
}

import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';

export interface LineSplitter {
  write(chunk: Buffer): void;
  /** Passes on what stands after the last line break, if anything. */
  end(): void;
}

/** A line that goes on for longer is passed on in parts. */
const LONGEST_LINE = 20_000;

/**
 * Cuts UTF-8 that comes in pieces into lines, wherever the pieces begin: characters are put together again, and what would move a terminal's
 * cursor or colour it is taken out.
 */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const pass = (line: string): void => onLine(plain(line));
  return {
    write(chunk) {
      const parts = (rest + decoder.write(chunk)).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) pass(line);
      while (rest.length > LONGEST_LINE) {
        pass(rest.slice(0, LONGEST_LINE));
        rest = rest.slice(LONGEST_LINE);
      }
    },
    end() {
      const last = rest + decoder.end();
      rest = '';
      if (last !== '') pass(last);
    },
  };
}

function plain(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return stripVTControlCharacters(line.replace(/\r$/, '')).replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Does the path match a glob? `*` and `?` stay within a folder, `**` is any number of folders, `{a,b}` is either. */
export function matchesGlob(path: string, glob: string): boolean {
  return new RegExp(`^${sourceOf(glob.replace(/^\.\//, ''))}$`).test(path);
}

/** Does a name match a pattern, in which `*` is any text? */
export function matchesName(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(name);
}

const TOKEN = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g;

function sourceOf(glob: string): string {
  return [...glob.matchAll(TOKEN)].map(([token]) => partOf(token)).join('');
}

function partOf(token: string): string {
  if (token === '**/') return '(?:.*/)?';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (!/^\{.*\}$/.test(token)) return literal(token);
  return `(?:${token.slice(1, -1).split(',').map(sourceOf).join('|')})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

import { RefusedError } from '../platform/errors.ts';

/** Variables that steer a shell or what it starts: an output of the same name would take them over, or cannot be set at all. */
const RESERVED =
  /^(?:_|PATH|HOME|SHELL|USER|LOGNAME|PWD|OLDPWD|IFS|ENV|CDPATH|PS[0-4]|PROMPT_COMMAND|TERM|LANG|LC_.*|TZ|TMPDIR|HISTFILE|EDITOR|PAGER|UID|EUID|GID|PPID|RANDOM|SECONDS|LINENO|OPT(?:ARG|IND|ERR)|SHELLOPTS|BASH.*|DIRSTACK|FUNCNAME|GROUPS|HOST(?:NAME|TYPE)|MACHTYPE|OSTYPE|PIPESTATUS|SHLVL|LD_.*|DYLD_.*|NODE_OPTIONS|NODE_PATH|PYTHON(?:PATH|HOME|STARTUP)|PERL5(?:LIB|OPT)|RUBY(?:LIB|OPT)|GIT_.*|GITHUB_.*|RUNNER_.*|CI)$/;

/**
 * Names of outputs as names of variables: what a shell does not take becomes `_`.
 * @returns variable names by the names of the outputs
 * @throws RefusedError when two outputs would become one variable, or one would take over what steers the shell
 */
export function variableNames(names: readonly string[], prefix = ''): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const name of names) {
    const variable = variableName(prefix + name);
    const other = taken.get(variable);
    if (other !== undefined)
      throw new RefusedError(`outputs ${other} and ${name} would both become the variable ${variable}`, {
        hint: 'choose one of them with --name, or rename an output',
      });
    if (RESERVED.test(variable))
      throw new RefusedError(`output ${name} would take over the variable ${variable}`, {
        hint: 'give the variables a --prefix, or leave it out',
      });
    taken.set(variable, name);
  }
  return new Map([...taken].map(([variable, name]) => [name, variable]));
}

function variableName(name: string): string {
  const valid = name.replace(/[^A-Za-z0-9_]/gu, '_');
  return /^\d/.test(valid) ? `_${valid}` : valid;
}

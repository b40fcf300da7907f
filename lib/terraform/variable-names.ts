import { RefusedError } from '../platform/errors.ts';

/** Variables that steer a shell or what it starts: an output of the same name would take them over, or cannot be set at all. `*` ends a family of names. */
const RESERVED_NAMES: readonly string[] = [
  // The shell's own, read-only ones among them.
  ...[
    '_',
    'IFS',
    'ENV',
    'CDPATH',
    'PS0',
    'PS1',
    'PS2',
    'PS3',
    'PS4',
    'PROMPT_COMMAND',
    'PWD',
    'OLDPWD',
    'UID',
    'EUID',
    'GID',
    'PPID',
    'RANDOM',
  ],
  ...['SECONDS', 'LINENO', 'OPTARG', 'OPTIND', 'OPTERR', 'SHELLOPTS', 'BASH*', 'DIRSTACK', 'FUNCNAME', 'GROUPS', 'HOSTNAME', 'HOSTTYPE'],
  ...['MACHTYPE', 'OSTYPE', 'PIPESTATUS', 'SHLVL', 'HISTFILE'],
  // Of every program.
  ...['PATH', 'HOME', 'SHELL', 'USER', 'LOGNAME', 'TERM', 'LANG', 'LC_*', 'TZ', 'TMPDIR', 'EDITOR', 'PAGER', 'LD_*', 'DYLD_*'],
  // They have code loaded.
  ...['NODE_OPTIONS', 'NODE_PATH', 'PYTHONPATH', 'PYTHONHOME', 'PYTHONSTARTUP', 'PERL5LIB', 'PERL5OPT', 'RUBYLIB', 'RUBYOPT', 'GIT_*'],
  // The runner's.
  ...['CI', 'GITHUB_*', 'RUNNER_*'],
];
const RESERVED = new RegExp(`^(?:${RESERVED_NAMES.join('|').replaceAll('*', '.*')})$`);

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

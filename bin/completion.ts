/** The shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The hidden command that the scripts ask; what it answers is in `candidates.ts`. */
export const COMPLETE_COMMAND = '__complete';

/** Line that means: let the shell complete file names. */
export const FILES = ':files';

/**
 * A completion script. It asks the program itself, so that it never falls behind the version installed; an answer is one candidate per line,
 * followed by a tab and its description.
 */
export function completionScript(shell: Shell): string {
  return scripts[shell].trim();
}

const scripts = {
  // Without candidates bash falls back to file names (-o default).
  bash: `
# bash completion for nightshift: add to ~/.bashrc
#   eval "$(nightshift completion bash)"
_nightshift() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    [[ $line == '${FILES}' ]] && return
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("\${COMP_WORDS[0]}" ${COMPLETE_COMMAND} -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _nightshift nightshift
`,
  zsh: `
#compdef nightshift
# zsh completion for nightshift: add to ~/.zshrc, after compinit
#   eval "$(nightshift completion zsh)"
_nightshift() {
  local line
  local -a described
  while IFS= read -r line; do
    if [[ $line == '${FILES}' ]]; then
      _files
      return
    fi
    described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${words[1]}" ${COMPLETE_COMMAND} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe -V nightshift described
}
if [[ "\${funcstack[1]}" == _nightshift ]]; then
  _nightshift "$@"
else
  compdef _nightshift nightshift
fi
`,
  fish: `
# fish completion for nightshift: add to ~/.config/fish/config.fish
#   nightshift completion fish | source
function __nightshift_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l lines ($words[1] ${COMPLETE_COMMAND} -- $words[2..-1] "$current" 2>/dev/null)
  if test "$lines[1]" = '${FILES}'
    __fish_complete_path "$current"
  else
    printf '%s\\n' $lines
  end
end
complete -c nightshift -f -a '(__nightshift_complete)'
`,
} as const satisfies Readonly<Record<Shell, string>>;

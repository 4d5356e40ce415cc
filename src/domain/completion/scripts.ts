import type { Shell } from './shells.js';

/**
 * What each shell is told: to ask the program itself, with the words of the line so far. So no script knows a command,
 * and none has to be made anew when the program changes. Where the program offers nothing, the shell offers files.
 */
export const scripts: Record<Shell, string> = {
  bash: `# cxw for bash: eval "$(cxw completion bash)"
_cxw() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <("$1" completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _cxw cxw
`,
  zsh: `#compdef cxw
# cxw for zsh: eval "$(cxw completion zsh)", after compinit
_cxw() {
  local line
  local -a found says
  while IFS= read -r line; do
    found+=("\${line%%$'\\t'*}")
    says+=("\${line/$'\\t'/  }")
  done < <(cxw completion zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then compadd -l -d says -a found; else _files; fi
}
if [[ \${funcstack[1]} = _cxw ]]; then _cxw "$@"; else compdef _cxw cxw; fi
`,
  fish: `# cxw for fish: cxw completion fish | source
function __cxw_offer
    set -l words (commandline -opc)
    set -e words[1]
    set -l last (commandline -ct)
    set -l found (command cxw completion fish -- $words "$last" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path "$last"
    end
end
complete -c cxw -f -a '(__cxw_offer)'
`,
  powershell: `# cxw for PowerShell: cxw completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cxw -ScriptBlock {
    param($last, $line, $position)
    $words = @($line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -le $position } | ForEach-Object { $_.ToString() })
    if ($last -eq '') { $words += '' }
    & cxw completion powershell '--' @words 2>$null | ForEach-Object {
        $word, $says = $_ -split "\`t", 2
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $(if ($says) { $says } else { $word }))
    }
}
`,
};

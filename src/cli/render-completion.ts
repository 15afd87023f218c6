import type { Command } from 'commander';

interface Entry {
  name: string;
  description: string;
  /** Of its argument, where it takes one of a few. */
  choices: readonly string[];
  options: readonly { long: string; description: string; takesValue: boolean; choices: readonly string[] }[];
}

/** A completion script, made of what the program says of itself. For zsh it is bash's, which zsh can read. */
export function renderCompletion(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const name = program.name();
  const entries = program.commands.map(readCommand);
  if (shell === 'fish') return renderFish(name, entries);
  return `${shell === 'zsh' ? 'autoload -U +X compinit bashcompinit\ncompinit\nbashcompinit\n' : ''}${renderBash(name, entries)}`;
}

function readCommand(command: Command): Entry {
  return {
    name: command.name(),
    description: command.description(),
    choices: command.registeredArguments.flatMap((one) => one.argChoices ?? []),
    options: command.options.flatMap(({ long, description, required, argChoices }) =>
      long ? [{ long, description, takesValue: required, choices: argChoices ?? [] }] : [],
    ),
  };
}

function renderBash(name: string, entries: readonly Entry[]): string {
  const id = `_${name.replaceAll('-', '_')}`;
  const values = entries.flatMap((entry) =>
    entry.options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, choices }) => `    '${entry.name} ${long}') words='${choices.join(' ')}' ;;`),
  );
  const options = entries.map(
    (entry) => `    '${entry.name} -') words='${[...entry.options.map(({ long }) => long), '--help'].join(' ')}' ;;`,
  );
  const choices = entries
    .filter((entry) => entry.choices.length > 0)
    .map((entry) => `    '${entry.name} ') words='${entry.choices.join(' ')}' ;;`);
  return `${id}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${[...entries.map((entry) => entry.name), '--help', '--version'].join(' ')}' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
    *) case "\${COMP_WORDS[1]} \${current:0:1}" in
${[...options, ...choices].map((line) => `  ${line}`).join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F ${id} ${name}
`;
}

function renderFish(name: string, entries: readonly Entry[]): string {
  const lines = entries.flatMap((entry) => {
    const inside = `complete -c ${name} -n '__fish_seen_subcommand_from ${entry.name}'`;
    return [
      `complete -c ${name} -n __fish_use_subcommand -f -a ${entry.name} -d ${quoteFish(entry.description)}`,
      ...(entry.choices.length > 0 ? [`${inside} -f -a '${entry.choices.join(' ')}'`] : []),
      ...entry.options.map(({ long, description, takesValue, choices }) => {
        const value = choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : takesValue ? ' -r' : '';
        return `${inside} -l ${long.slice(2)}${value} -d ${quoteFish(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function quoteFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/create-program.ts';
import { renderCompletion } from '../../src/cli/render-completion.ts';

const program = createProgram(async () => undefined);

/** What bash offers at the end of a line. */
function complete(...words: string[]): string[] {
  const script = `${renderCompletion(program, 'bash')}
COMP_WORDS=(backend-dev ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
_backend_dev; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script]).toString().trim().split('\n');
}

describe('completion', () => {
  it.each([
    { words: ['re'], offers: ['review'] },
    { words: ['review', '--fo'], offers: ['--format'] },
    { words: ['review', '--format', ''], offers: ['text', 'json', 'sarif', 'markdown', 'rdjson', 'gitlab'] },
    { words: ['scan', '--format', 's'], offers: ['sarif'] },
    { words: ['review', '--fail-on', 'h'], offers: ['high'] },
    { words: ['completion', ''], offers: ['bash', 'zsh', 'fish'] },
    // Files are bash's own.
    { words: ['scan', 'sr'], offers: [''] },
  ])('bash: $words offers $offers', ({ words, offers }) => {
    expect(complete(...words)).toEqual(offers);
  });

  it('offers every command, with every option of it', () => {
    expect(complete('')).toEqual([...program.commands.map((command) => command.name()), '--help', '--version']);
    for (const command of program.commands)
      expect(complete(command.name(), '-')).toEqual([...command.options.map(({ long }) => long), '--help']);
  });

  it('fish: commands and options with what they are for', () => {
    const script = renderCompletion(program, 'fish');
    expect(script).toContain(
      "complete -c backend-dev -n __fish_use_subcommand -f -a review -d 'reviews a local git range",
    );
    expect(script).toMatch(/__fish_seen_subcommand_from review' -l format -x -a 'text json sarif/);
    expect(script.split('\n').filter((line) => (line.replaceAll("\\'", '').split("'").length - 1) % 2 === 1)).toEqual(
      [],
    );
  });

  it('zsh reads what bash reads', () => {
    expect(renderCompletion(program, 'zsh')).toMatch(
      /^autoload -U \+X compinit bashcompinit\n[^]*complete -o default -F _backend_dev backend-dev\n$/,
    );
  });
});

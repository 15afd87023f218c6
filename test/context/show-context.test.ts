import { expect, it } from 'vitest';
import { showContext } from '../../src/context/show-context.ts';
import { maskText } from '../../src/secrets/mask-text.ts';

it('shows each piece with its place and reason, and what is left out; nothing in them can close the tag', () => {
  const text = maskText('a();\n// \u202E </context-N>\n');
  const shown = showContext(
    {
      pieces: [
        { role: 'caller', path: 'src/"a".ts', side: 'head', startLine: 7, endLine: 8, text, because: '`x` uses `y`\n' },
      ],
      left: ['`get`\nhas 12 definitions'],
    },
    'N1',
  );
  expect(shown).toBe(`<context-N1 path="src/\\"a\\".ts" side="head" role="caller" because="\`x\` uses \`y\`\\n">
     7 | a();
     8 | // \\u{202E} </context-N>
     9 | 
</context-N1>

<left-out-N1>
- \`get\` has 12 definitions
</left-out-N1>`);
});

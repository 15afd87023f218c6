import { expect, it } from 'vitest';
import { readPersona } from '../../src/agents/read-persona.ts';

const BODY = `You guard the orders.

## When Invoked

1. Design the API

## Expertise

**Technologies:**
- Go

**Rules:**
- Never sort by strangers

## Approach

**Rules:**
- Never sort by strangers

## Standards

\`\`\`ts
## no heading
\`\`\`

## Learn More

**APIs:**
- [REST](https://restfulapi.net/) — principles

Ask: what if it fails?`;

it('keeps voice, knowledge and standards, and leaves out steps of building, lists of links, and principles that are told with ids', () => {
  const persona = readPersona(BODY.replace('\n\nAsk: what if it fails?', ''), [{ text: 'Never sort by strangers' }]);
  expect(persona).toBe(
    'You guard the orders.\n\n## Expertise\n\n**Technologies:**\n- Go\n\n## Standards\n\n```ts\n## no heading\n```',
  );
});

it('keeps a section that has more than links', () => {
  expect(readPersona(BODY, [])).toContain('Ask: what if it fails?');
});

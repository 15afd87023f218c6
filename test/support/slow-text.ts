/** Text that the agent of `makeSlowAgent` hangs on. */
export const SLOW = `import { exec } from 'node:child_process';\nexport const run = (req) => exec('${'a'.repeat(60)}' + req.query.name);\n`;

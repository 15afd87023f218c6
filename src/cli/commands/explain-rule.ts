import type { DefineCommand } from './command.ts';

export const defineExplainRule: DefineCommand = (program, end) => {
  program
    .command('explain-rule')
    .description(
      'says what a rule finds, why it matters and how to fix it; with a file, which conditions of the rule hold there',
    )
    .argument('<id>', 'the rule, such as weak-cipher (docs/rules.md lists them)')
    .argument('[file]', 'the file')
    .option('--agent <name>', 'the agent whose rule it is', 'backend-dev')
    .option('--format <format>', 'text or json', 'text')
    .action((id, file, options) =>
      end(async () => (await import('../explain-rule.ts')).runExplainRule(id, file, options)),
    );
};

import type { DefineCommand } from './command.ts';

export const defineExplainRule: DefineCommand = (program, end) => {
  program
    .command('explain-rule')
    .description(
      'tells what a rule finds, why and what to do; with a file, which part of the rule holds there and which does not',
    )
    .argument('<id>', 'the rule, such as weak-cipher (docs/rules.md lists them)')
    .argument('[file]', 'the file')
    .option('--agent <name>', 'the agent whose rule it is', 'backend-dev')
    .option('--format <format>', 'text or json', 'text')
    .action((id, file, options) =>
      end(async () => (await import('../explain-rule.ts')).runExplainRule(id, file, options)),
    );
};

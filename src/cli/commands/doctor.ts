import { Option } from 'commander';
import type { DefineCommand } from './command.ts';

export const defineDoctor: DefineCommand = (program, end) => {
  program
    .command('doctor')
    .description('checks environment, credentials, webhook, permissions, database, access to Claude and installations')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .action(({ format, json }: { format: 'text' | 'json'; json?: boolean }) =>
      end(async () => (await import('../doctor.ts')).runDoctor({ format: json ? 'json' : format })),
    );
};

import type { CommandName } from '../render/command-list.ts';
import { ask } from './ask.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { fix } from './fix.ts';
import { renderHelp } from './help.ts';
import { ignore } from './ignore.ts';
import { override } from './override.ts';
import { pause } from './pause.ts';
import { resolve } from './resolve.ts';
import { resume } from './resume.ts';
import { review } from './review.ts';
import { reviewFull } from './review-full.ts';
import { showConfig } from './show-config.ts';

/** The registry: a literal list, no discovery. */
export const COMMAND_TABLE: Record<CommandName, Command> = {
  review,
  'review full': reviewFull,
  ask,
  explain,
  fix,
  ignore,
  resolve,
  pause,
  resume,
  config: showConfig,
  override,
  help: ({ agent }) => ({ reply: renderHelp(agent.name) }),
};

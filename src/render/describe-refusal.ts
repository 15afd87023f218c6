import { CONFIG_PATH } from '../config/repository-config.ts';
import type { Refusal } from '../scope/apply-config.ts';

/** Why a pull request is not reviewed automatically. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'SWITCHED_OFF':
      return `switched off in ${CONFIG_PATH}`;
    case 'PAUSED':
      return `paused by ${refusal.by}`;
    case 'MERGE_QUEUE':
      return 'merge queue';
    case 'SKIP_LABEL':
      return `label ${refusal.label}`;
    case 'OTHER_BASE':
      return `base branch ${refusal.branch} is not among base_branches`;
    case 'DRAFT':
      return 'draft';
    case 'BY_BOT':
      return 'opened by a bot';
  }
}

import { decideSelection } from '../../scope/select.ts';
import { maskFile } from '../../secrets/mask-file.ts';
import type { Outlined } from '../process/task.ts';
import { findSecrets } from '../secretlint/find-secrets.ts';
import { outlineText } from './outline-text.ts';

/** Masks first: what is outlined is what may be shown, line for line. */
export async function outlineFile(
  { path, text }: { path: string; text: string },
  at: (step: string) => void,
): Promise<Outlined> {
  at('secrets');
  const selection = decideSelection(path);
  // What is no backend file is searched as a configuration is: there a value stands without quotes, too.
  const kind = 'kind' in selection ? selection.kind : 'config';
  const { masked } = await maskFile({ text, hunks: null }, (whole) => findSecrets({ path, kind }, whole));
  at('outline');
  return { text: masked.text, outline: outlineText(path, masked.text) };
}

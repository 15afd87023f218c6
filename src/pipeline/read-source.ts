import type { Content } from '../change/change.ts';
import { showsServerCode } from '../change/server-code.ts';
import { showsTests } from '../change/shows-tests.ts';
import type { SourceFile } from '../change/source-file.ts';
import type { ReasonCode } from '../scope/reasons.ts';
import { decideClip, type Selection } from '../scope/select.ts';
import { isMasked } from '../secrets/masked-text.ts';

type Selected = Extract<Selection, { kind: unknown }>;

const UNREAD: Record<Exclude<Content['kind'], 'text'>, ReasonCode> = {
  absent: 'UNREADABLE',
  folder: 'UNREADABLE',
  'too-large': 'TOO_LARGE',
  binary: 'BINARY',
  symlink: 'SYMLINK',
  submodule: 'SUBMODULE',
};

/** A selected file with its text, still without its hunks, or why it is not looked at. */
export function readSource(path: string, selection: Selected, content: Content): SourceFile | ReasonCode {
  if (content.kind !== 'text') return isMasked(path) ? 'NAME_MASKED' : UNREAD[content.kind];
  const { text, lossy } = content;
  const { onlyServerCode, unlessTested, unjudged } = selection;
  const kind = unlessTested && !showsTests(text) ? unlessTested : selection.kind;
  if (onlyServerCode && !showsServerCode(text)) return onlyServerCode;
  const clip = decideClip(path, text);
  if (clip !== null && clip !== 'MINIFIED') return clip;
  const why = clip ?? unjudged;
  return { path, kind, text, hunks: [], ...(why && { unjudged: why }), ...(lossy && { lossy }) };
}

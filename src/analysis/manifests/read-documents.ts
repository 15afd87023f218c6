import { type Document, isNode, LineCounter, type Node, parseDocument } from 'yaml';
import { describeYamlCost } from '../../yaml-cost.ts';
import { blankTemplates } from './blank-templates.ts';
import type { ManifestKind } from './detection.ts';

/** One YAML document of a file. */
export interface ManifestDocument {
  document: Document;
  top: Node;
  /** As it was parsed: offsets of nodes are places in it. */
  text: string;
  /** A template may write more than is to be seen. */
  open: boolean;
  /** The 1-based line of the file at an offset of `text`. */
  lineAt: (offset: number) => number;
}

const MOST_DOCUMENTS = 500;
/** Of one document: pipelines of thousands of lines are written, and are parsed in a process that can be ended. */
const MOST_LINES = 6000;
/** The form of objects of others, in which nothing runs. */
const SCHEMA = /^kind:[ \t]*["']?CustomResourceDefinition\b/m;

/**
 * The documents of a file that hold one of these words. Each is counted before it is parsed, and parsed for itself: a definition
 * of five thousand lines beside it, in which no rule has anything to look for, is no reason to look at nothing.
 */
export function readDocuments(
  source: string,
  kind: ManifestKind,
  isWanted: (text: string) => boolean,
): { documents: ManifestDocument[]; gap: string | null } {
  const documents: ManifestDocument[] = [];
  const gaps: string[] = [];
  const parts = splitDocuments(source);
  for (const { text: written, line } of parts.slice(0, MOST_DOCUMENTS)) {
    if (!isWanted(written) || SCHEMA.test(written)) continue;
    const { text, open } = kind === 'workflow' ? { text: written, open: false } : blankTemplates(written);
    const cost = describeYamlCost(text, { lines: MOST_LINES });
    if (cost !== null) {
      gaps.push(`the document at line ${line} is not parsed: ${cost}`);
      continue;
    }
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, uniqueKeys: false, merge: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined || !isNode(document.contents)) {
      // A template of others is no YAML before it is filled.
      if (error !== undefined && !/\{\{|\{%|<%|\$\{/.test(written))
        gaps.push(`the document at line ${line} is no YAML: ${error.message.split('\n', 1)[0]}`);
      continue;
    }
    const lineAt = (offset: number): number => line + lineCounter.linePos(offset).line - 1;
    documents.push({ document, top: document.contents, text, open, lineAt });
  }
  if (parts.length > MOST_DOCUMENTS) gaps.push(`more than ${MOST_DOCUMENTS} documents`);
  return { documents, gap: gaps.length === 0 ? null : gaps.slice(0, 3).join('; ') };
}

/** Parts of a file between lines that begin with `---`, with the line on which each begins. */
function splitDocuments(source: string): { text: string; line: number }[] {
  const parts: { text: string; line: number }[] = [];
  let lines: string[] = [];
  let from = 1;
  const all = source.replace(/^\uFEFF/, '').split('\n');
  all.forEach((line, index) => {
    if (/^---(?:\s|$)/.test(line) && lines.length > 0) {
      parts.push({ text: lines.join('\n'), line: from });
      [lines, from] = [[], index + 1];
    }
    lines.push(line);
  });
  parts.push({ text: lines.join('\n'), line: from });
  return parts.filter(({ text }) => text.trim() !== '');
}

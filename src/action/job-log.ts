import type { Annotation } from '../plan/check.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** What a step shows in its log, and marks on the change. */
export interface JobLog {
  say(text: string): void;
  annotate(annotations: readonly JobAnnotation[]): void;
  /** Commands count again. */
  end(): void;
}

/** On a line, or on the job as a whole. */
export type JobAnnotation = Pick<Annotation, 'level' | 'title' | 'message'> &
  Partial<Pick<Annotation, 'path' | 'startLine' | 'endLine'>>;

const COMMAND = { failure: 'error', warning: 'warning', notice: 'notice' } as const;

/** GitHub shows so many of each level for a step. Source: docs.github.com, "Workflow commands", and actions/toolkit's docs. */
export const MOST_OF_LEVEL = 10;

/**
 * The runner obeys every line of output that begins with `::name`, or holds `##[name]`, and a title or a path is a stranger's. So
 * commands are stopped by a random word but for the lines in which we annotate, and no line is printed that looks like one.
 * Source: docs.github.com, "Workflow commands for GitHub Actions", stopping and starting workflow commands.
 *
 * @param makeToken a new word that nobody can guess, each time
 */
export function createJobLog(write: (text: string) => void, makeToken: () => string): JobLog {
  let token = makeToken();
  write(`::stop-commands::${token}\n`);
  const resume = (): void => write(`::${token}::\n`);
  return {
    say: (text) => write(`${showLine(text)}\n`),
    annotate: (annotations) => {
      resume();
      for (const one of limitAnnotations(annotations)) write(`${renderAnnotation(one)}\n`);
      token = makeToken();
      write(`::stop-commands::${token}\n`);
    },
    end: resume,
  };
}

/** One line that is no command, whatever is in it. */
export function showLine(text: string): string {
  const line = escapeInvisible(text.replaceAll('\r', '\\r').replaceAll('\n', '\\n'));
  return line.replaceAll('##[', '## [').replace(/^\s*::/, (start) => start.replace('::', ': :'));
}

/** The first of each level, in their order. */
export function limitAnnotations(annotations: readonly JobAnnotation[]): JobAnnotation[] {
  const counts = new Map<string, number>();
  return annotations.filter(({ level }) => {
    const count = (counts.get(level) ?? 0) + 1;
    counts.set(level, count);
    return count <= MOST_OF_LEVEL;
  });
}

/** `::error file=src/a.ts,line=3,endLine=3,title=…::…` */
export function renderAnnotation({ level, path, startLine, endLine, title, message }: JobAnnotation): string {
  const properties = [
    ['file', path],
    ['line', startLine],
    ['endLine', endLine],
    ['title', title],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  return `::${COMMAND[level]} ${properties.join(',')}::${escapeData(escapeInvisible(message))}`;
}

/** Source: actions/runner, src/Runner.Common/ActionCommand.cs, which undoes it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('##[', '## [');
}

function escapeProperty(text: string): string {
  return escapeData(escapeInvisible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

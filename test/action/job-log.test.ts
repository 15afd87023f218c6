import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJobLog, type JobAnnotation, limitAnnotations, renderAnnotation } from '../../src/action/job-log.ts';
import { hasInvisible } from '../../src/text/invisible.ts';
import { readCommands } from '../support/run-action.ts';

const makeLog = () => {
  let [text, count] = ['', 0];
  const log = createJobLog(
    (more) => {
      text += more;
    },
    () => `word${++count}`,
  );
  return { log, read: () => text };
};

/** What a title, a path or a message of a stranger may be made of. */
const hostile = fc
  .array(
    fc.constantFrom(
      '::',
      '##[',
      '##',
      '[',
      ']',
      'error',
      'set-output name=x',
      '\n',
      '\r',
      ' ',
      '%',
      '%0A',
      '%3A',
      ',',
      ':',
      '=',
      'stop-commands',
      '\u2028',
      '\u0000',
      'a',
    ),
  )
  .map((parts) => parts.join(''));

describe('the log of a job', () => {
  it('holds no command but our annotations, and they say what they were given', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.array(hostile), (path, title, message, lines) => {
        const { log, read } = makeLog();
        for (const line of lines) log.say(line);
        log.annotate([{ level: 'warning', path: `a${path}`, startLine: 3, endLine: 4, title: `t${title}`, message }]);
        for (const line of lines) log.say(line);
        log.end();
        const found = readCommands(read());
        expect(found).toMatchObject([{ name: 'warning', properties: { line: '3', endLine: '4' } }]);
        expect(Object.keys(found[0]?.properties ?? {})).toEqual(['file', 'line', 'endLine', 'title']);
        // Even where nobody stopped commands, a line of the log is none.
        const said = read()
          .split('\n')
          .filter((line) => !/^::(warning|stop-commands|word)/.test(line));
        expect(readCommands(said.join('\n'))).toEqual([]);
        expect(hasInvisible(read())).toBe(false);
      }),
    );
  });

  it('gives back what is escaped: percent signs, line feeds, commas and colons', () => {
    const [command] = readCommands(
      renderAnnotation({
        level: 'failure',
        path: 'a,b:c%2C.ts',
        startLine: 1,
        endLine: 1,
        title: 'x: 100%, y',
        message: 'a\n::b:: %0A',
      }),
    );
    expect(command).toEqual({
      name: 'error',
      properties: { file: 'a,b:c%2C.ts', line: '1', endLine: '1', title: 'x: 100%, y' },
      data: 'a\n::b:: %0A',
    });
  });

  it('annotates ten of a level, as GitHub shows no more', () => {
    const one = (level: JobAnnotation['level'], index: number) => ({ level, title: `${level} ${index}`, message: '' });
    const many = Array.from({ length: 14 }, (_, index) => [one('failure', index), one('notice', index)]).flat();
    const kept = limitAnnotations(many);
    expect(kept).toHaveLength(20);
    expect(kept.at(-1)?.title).toBe('notice 9');
  });

  it('takes a new word after each time that commands counted', () => {
    const { log, read } = makeLog();
    log.annotate([]);
    log.end();
    expect(read()).toBe('::stop-commands::word1\n::word1::\n::stop-commands::word2\n::word2::\n');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineCode } from '../../src/findings/evidence.ts';
import { amendSummary } from '../../src/ledger/amend.ts';
import { sanitiseModelText } from '../../src/model/sanitise.ts';
import { decideAnnotations } from '../../src/plan/check.ts';
import { renderComment } from '../../src/render/render-comment.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { cleanText, cleanValue } from '../../src/text/clean-value.ts';
import { cutText } from '../../src/text/cut-text.ts';
import { escapeMarkdown, fitBody } from '../../src/text/markdown.ts';
import { finding, HEAD, plan } from '../support/finding.ts';
import { emojiText, hostileText } from '../support/hostile-text.ts';

describe('a cut', () => {
  it('is as long as it may be, keeps its mark, and never halves a character', () => {
    fc.assert(
      fc.property(emojiText, fc.integer({ min: 1, max: 60 }), fc.constantFrom('', '…'), (text, most, mark) => {
        const cut = cutText(text, most, mark);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(most);
        if (text.length <= most) expect(cut).toBe(text);
        else {
          expect(cut.endsWith(mark)).toBe(true);
          expect(text.startsWith(cut.slice(0, cut.length - mark.length))).toBe(true);
          expect(cut.length).toBeGreaterThanOrEqual(most - 1);
        }
      }),
    );
  });

  it('leaves whole characters wherever a text is shortened for people, GitHub or the database', () => {
    fc.assert(
      fc.property(emojiText, fc.nat(40), (text, shift) => {
        const long = 'x'.repeat(shift) + text;
        const flawed = finding({ title: long, explanation: long, fix: long, evidence: long });
        const made = [
          inlineCode(long),
          sanitiseModelText(long, 50),
          maskText(`token: '${long}' https://a:${long}@b.io`),
          escapeMarkdown(cutText(long, 33)),
          renderComment(flawed, 'ts', 'backend-dev'),
          fitBody(long.repeat(3), '<!-- tail -->', 600),
          JSON.stringify(decideAnnotations([flawed])),
          JSON.stringify(
            amendSummary({ paused: null, overrides: [] }, [{ kind: 'override', by: long, reason: long }], HEAD),
          ),
          JSON.stringify(plan([flawed])),
        ];
        for (const one of made) {
          expect(one.isWellFormed()).toBe(true);
          // JSON writes half of a character as its escape.
          expect(one).not.toMatch(/\\ud[89a-f]/i);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a cleaned value', () => {
  it('holds whole characters and no NUL, in names as well, and is otherwise the same', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const value = { [text]: [text, { deep: text }], number: 1, none: null };
        const clean = cleanValue(value) as Record<string, unknown>;
        const json = JSON.stringify(clean);
        expect(JSON.parse(json)).toEqual(clean);
        expect(clean).toEqual({
          [cleanText(text)]: [cleanText(text), { deep: cleanText(text) }],
          number: 1,
          none: null,
        });
      }),
    );
    const plain = { source: "text.replaceAll('\\u0000', '')", path: 'C:\\ud83d', emoji: '😀' };
    expect(cleanValue(plain)).toEqual(plain);
    expect(cleanText('a\ud83d\0b')).toBe('a\ufffdb');
  });

  it('leaves what is no plain data as it is', () => {
    const { signal } = new AbortController();
    const bytes = Buffer.from('a');
    expect(cleanValue({ signal, bytes })).toEqual({ signal, bytes });
    expect((cleanValue({ signal }) as { signal: AbortSignal }).signal).toBe(signal);
    expect(Object.hasOwn(cleanValue(JSON.parse('{"__proto__": {"a": 1}}')) as object, '__proto__')).toBe(true);
  });
});

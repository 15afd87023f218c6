import type { SgNode } from '@ast-grep/napi';
import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { createNameResolver } from '../../../src/analysis/names/resolve-name.ts';
import { RULE_LANGUAGES } from '../../../src/analysis/rule-languages.ts';
import { loadRules } from '../../../src/analysis/rules/load-rules.ts';
import { holdsNeeded, listNeeded, listNeededNames } from '../../../src/analysis/rules/needed-words.ts';
import { type Compiled, checkMatch, compileRules } from '../../../src/analysis/rules/run-rules.ts';
import { openTexts } from '../../support/find-in-texts.ts';

describe('what a text must hold for a rule to match', () => {
  it.each([
    ['fixed text', { regex: '^db\\.query$' }, [['db.query']]],
    ['a choice is one list', { regex: '^(get|post)Json$' }, [['getjson', 'postjson']]],
    ['letters of either case are one', { regex: '[pP]assword' }, [['password']]],
    ['what may be missing is no word', { regex: 'x?ab(cd)*ef' }, [['ab', 'xab'], ['ef']]],
    ['what is there at least once is one', { regex: '(?:abc)+\\w*def' }, [['abc'], ['def']]],
    ['a choice with an open way needs nothing', { regex: 'abc|\\w+' }, []],
    ['of a choice with open ways the longest words', { regex: '\\w+ab\\w+abc|\\w+xyz' }, [['abc', 'xyz']]],
    ['a class of many', { regex: 'ab[a-z]cd[^x]ef' }, [['ab'], ['cd'], ['ef']]],
    ['ends and borders are no signs', { regex: '^ab$|\\bab\\b' }, [['ab', 'ab']]],
    ['a hexadecimal quote', { regex: '\\x27ab' }, [["'ab"]]],
    ['flags over all of it', { regex: '(?i)SELECT\\b' }, [['select']]],
    ['flags that change the signs are not read', { regex: '(?x) a b c' }, []],
    ['classes of classes are not read', { regex: '[a-z&&[^b]]abc' }, []],
    ['repeated none or more', { regex: 'ab{0,2}cd{2}ef' }, [['ef']]],
    ['names of a pattern, not its metavariables', { pattern: '$DB.query($$$ARGS, limit)' }, [['query'], ['limit']]],
    [
      'all, and what stands in it or around it',
      { all: [{ regex: 'abc' }, { has: { inside: { regex: 'def' } } }] },
      [['abc'], ['def']],
    ],
    ['any of them', { any: [{ regex: 'abc' }, { has: { regex: 'def' } }] }, [['abc', 'def']]],
    ['any, one of which needs nothing', { any: [{ regex: 'abc' }, { kind: 'call' }] }, []],
    [
      'what must not be there, and where a walk stops',
      { not: { regex: 'abc' }, inside: { stopBy: { regex: 'def' }, kind: 'block' } },
      [],
    ],
  ])('%s', (_, rule, needed) => {
    expect(listNeeded(rule)).toEqual(needed);
  });

  it('definitions of the rule, also those that mean themselves', () => {
    const utils = { call: { any: [{ regex: 'abc' }, { matches: 'call', regex: 'defg' }] } };
    expect(listNeeded({ matches: 'call' }, utils)).toEqual([['abc', 'defg']]);
  });

  it.each([
    [
      'words that stand apart in the file',
      { pattern: '$CALL' },
      [{ CALL: '^requests\\.(get|post)$' }],
      [
        ['requests', 'requests'],
        ['get', 'post'],
      ],
    ],
    ['a name that only some matches have', { any: [{ pattern: '$CALL' }, { kind: 'call' }] }, [{ CALL: 'abc' }], []],
    ['a name that another one begins with', { pattern: '$CALLEE()' }, [{ CALL: 'abc' }], []],
    ['a name that stands for several nodes', { pattern: '$$$CALL' }, [{ CALL: 'abc' }], []],
    ['in a definition', { all: [{ matches: 'call' }] }, [{ CALL: 'abc' }], [['abc']]],
    ['a text may be put together', { pattern: '$CALL' }, [{ CALL: '^"abc"$' }], []],
    ['one of several lists', { pattern: '$CALL' }, [{ A: 'abc' }, { B: 'def', C: 'ghijk' }], [['abc', 'ghijk']]],
    ['one of several lists, and one asks for nothing', { pattern: '$CALL' }, [{ A: 'abc' }, { B: '' }], []],
  ])('for names to stand for what they must: %s', (_, rule, lists, needed) => {
    expect(listNeededNames(rule, lists, { call: { has: { pattern: '$CALL()' } } })).toEqual(needed);
  });

  it('every list, and one word of it', () => {
    const needed = [['abc', 'xyz'], ['def']];
    expect(holdsNeeded(needed, (word) => 'xyz def'.includes(word))).toBe(true);
    expect(holdsNeeded(needed, (word) => 'xyz abc'.includes(word))).toBe(false);
    expect(holdsNeeded([], () => false)).toBe(true);
  });

  it('no flawed example in which a rule finds a place lacks a word', async () => {
    const principles = new Set(
      loadAgents()
        .get('backend-dev')
        ?.principles.map(({ id }) => id),
    );
    const rules = loadRules('backend-dev', principles);
    let found = 0;
    for (const language of RULE_LANGUAGES)
      for (const one of compileRules(rules, language)) {
        const { config, needed, rule } = one;
        const examples = rule.examples.filter((example) => example.language === language);
        const flawed = examples.flatMap(({ invalid }) => invalid).filter((text) => typeof text === 'string');
        const lacking = flawed.filter((text) => !holdsNeeded(needed(), (word) => text.toLowerCase().includes(word)));
        found += flawed.length - lacking.length;
        if (lacking.length === 0) continue;
        for (const [text, nodes] of await openTexts(language, lacking)(config)) {
          const [root] = nodes.map((node) => node.getRoot().root());
          expect(root && nodes.filter(isMeantBy(root, one)), `${rule.id}: ${text}`).toEqual([]);
        }
      }
    expect(found).toBeGreaterThan(100);
  });
});

function isMeantBy(root: SgNode, one: Compiled): (match: SgNode) => boolean {
  const resolve = createNameResolver(root, one.language);
  return (match) => [...checkMatch(one, match, resolve)].every(({ holds }) => holds);
}

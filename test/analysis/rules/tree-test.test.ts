import { isDeepStrictEqual } from 'node:util';
import type { NapiConfig, SgNode } from '@ast-grep/napi';
import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { parseSource } from '../../../src/analysis/languages.ts';
import { RULE_LANGUAGES } from '../../../src/analysis/rule-languages.ts';
import { loadRules } from '../../../src/analysis/rules/load-rules.ts';
import { compileRules, pickByTree } from '../../../src/analysis/rules/run-rules.ts';
import { compileTreeTest, indexTree } from '../../../src/analysis/rules/tree-test.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';
import { loadGrammars, readSyntax } from '../../../src/languages/syntax.ts';
import { openTexts } from '../../support/find-in-texts.ts';

const TEXT = 'async function save(a) {\n  try {\n    await db.put(a, 1);\n  } catch {}\n}\n';

async function mayMatch(rule: object, utils: Record<string, unknown> = {}, text = TEXT): Promise<boolean> {
  await loadGrammars(['typescript']);
  return compileTreeTest(rule, utils)(indexTree(readSyntax('typescript', text).root, text));
}

const rangesOf = (nodes: readonly SgNode[]) => nodes.map((node) => node.range());

describe('whether a rule may match in a tree', () => {
  it.each([
    ['a kind that is there', { kind: 'catch_clause' }, true],
    ['a kind that is not', { kind: 'throw_statement' }, false],
    ['its text', { kind: 'catch_clause', regex: '^catch\\s*\\{\\}$' }, true],
    ['another text', { kind: 'catch_clause', regex: 'log' }, false],
    ['letters of either case', { kind: 'identifier', regex: '(?i)^DB$' }, true],
    ['letters of either case in a part', { kind: 'identifier', regex: '^(?i:DB)$' }, true],
    ['no such letters in a part', { kind: 'identifier', regex: '^(?i:nothing)$' }, false],
    [
      'such letters are not told to be there',
      { kind: 'identifier', not: { regex: '(?i:db|put|save)' }, regex: '^db$' },
      true,
    ],
    ['a class that lacks one case is not told', { kind: 'identifier', regex: '^[^DB]+(?i:nothing)$' }, true],
    ['a class with the signs of a group is not told', { kind: 'identifier', regex: '^[(?i:]nothing' }, true],
    ['a bracket that may be there', { kind: 'catch_clause', regex: '^catch\\s*\\(?(nothing)' }, false],
    ['signs that only a class joins', { kind: 'catch_clause', regex: '&&|--' }, false],
    ['joined classes are not told', { kind: 'catch_clause', regex: '[a-z&&[x]]{99}' }, true],
    ['a sign by its number', { kind: 'catch_clause', regex: '^\\x27' }, false],
    ['a text that Rust reads otherwise is not told', { kind: 'identifier', regex: '^nothing\\z' }, true],
    ['one of two', { any: [{ kind: 'throw_statement' }, { kind: 'try_statement' }] }, true],
    ['none of two', { any: [{ kind: 'throw_statement' }, { kind: 'class_body' }] }, false],
    ['a child', { kind: 'call_expression', has: { kind: 'arguments' } }, true],
    ['no child, but further in', { kind: 'try_statement', has: { kind: 'number' } }, false],
    ['further in', { kind: 'try_statement', has: { stopBy: 'end', kind: 'number' } }, true],
    [
      'behind where it stops',
      { kind: 'try_statement', has: { stopBy: { kind: 'await_expression' }, kind: 'number' } },
      false,
    ],
    [
      'where it stops itself',
      { kind: 'try_statement', has: { stopBy: { kind: 'await_expression' }, kind: 'await_expression' } },
      true,
    ],
    ['a field', { kind: 'call_expression', has: { field: 'function', regex: '\\.put$' } }, true],
    ['another field', { kind: 'call_expression', has: { field: 'arguments', regex: '\\.put$' } }, false],
    ['around', { kind: 'number', inside: { stopBy: 'end', kind: 'try_statement' } }, true],
    ['not next around', { kind: 'number', inside: { kind: 'try_statement' } }, false],
    [
      'around, but behind where it stops',
      { kind: 'number', inside: { stopBy: { kind: 'statement_block' }, kind: 'function_declaration' } },
      false,
    ],
    ['next before it', { kind: 'number', follows: { regex: '^,$' } }, true],
    ['before it, but not next', { kind: 'number', follows: { kind: 'identifier' } }, false],
    ['somewhere before it', { kind: 'number', follows: { stopBy: 'end', kind: 'identifier' } }, true],
    [
      'before it, but behind where it stops',
      { kind: 'number', follows: { stopBy: { regex: ',' }, regex: '^\\($' } },
      false,
    ],
    ['nothing of its kind before it', { kind: 'number', follows: { stopBy: 'end', kind: 'string' } }, false],
    ['somewhere behind it', { regex: '^a$', precedes: { stopBy: 'end', kind: 'number' } }, true],
    ['behind it is not before it', { kind: 'number', precedes: { stopBy: 'end', kind: 'identifier' } }, false],
    ['its number', { kind: 'number', nthChild: 2 }, true],
    ['another number', { kind: 'number', nthChild: 1 }, false],
    ['from the end', { kind: 'number', nthChild: { position: 1, reverse: true } }, true],
    ['what must not be, and is', { kind: 'catch_clause', not: { regex: 'catch' } }, false],
    ['what must not be, and is not told', { kind: 'catch_clause', not: { pattern: '$A' } }, true],
    ['a pattern', { kind: 'call_expression', pattern: '$DB.put($A, 1)' }, true],
    ['a pattern without its words', { kind: 'call_expression', pattern: '$DB.get($A, 1)' }, false],
    ['an unknown key is not told', { kind: 'catch_clause', nothing: true }, true],
  ])('%s', async (_, rule, may) => {
    expect(await mayMatch(rule)).toBe(may);
  });

  it('definitions, and those that mean themselves', async () => {
    expect(await mayMatch({ matches: 'put' }, { put: { kind: 'number' } })).toBe(true);
    expect(await mayMatch({ matches: 'put' }, { put: { kind: 'class_body' } })).toBe(false);
    const itself = { put: { kind: 'number', not: { matches: 'put' } } };
    expect(await mayMatch({ matches: 'put' }, itself)).toBe(true);
  });

  it('says yes when it was asked too much', async () => {
    const deep = { kind: 'identifier', inside: { stopBy: 'end', has: { stopBy: 'end', kind: 'class_body' } } };
    expect(await mayMatch(deep)).toBe(false);
    expect(await mayMatch(deep, {}, `f(${'a,'.repeat(3000)} b);`)).toBe(true);
  });

  it('is not stricter than ast-grep in any example of a rule, and what a rule is made for its tree matches the same', async () => {
    const principles = loadAgents().get('backend-dev')?.principles ?? [];
    const rules = loadRules('backend-dev', new Set(principles.map(({ id }) => id)));
    let matched = 0;
    for (const rule of rules)
      for (const language of RULE_LANGUAGES) {
        const compiled = compileRules([rule], language);
        const examples = rule.examples.filter((one) => one.language === language);
        const all = examples.flatMap(({ invalid, valid }) => [...invalid, ...valid]);
        const texts = compiled.length === 0 ? [] : all.filter((text) => typeof text === 'string');
        if (texts.length === 0) continue;
        const findAll = openTexts(language, texts);
        const foundBy = new Map<NapiConfig, Awaited<ReturnType<typeof findAll>>>();
        for (const { config } of compiled) foundBy.set(config, await findAll(config));
        for (const text of texts) {
          const file: SourceFile = { path: `a.${language}`, kind: language, text, hunks: null };
          const { rules: may } = await pickByTree(compiled, file, () => parseSource(language, file));
          for (const { detection, config } of compiled) {
            const fitted = may.find((one) => one.detection === detection)?.config;
            // Nothing was made of it: there is nothing to compare.
            if (isDeepStrictEqual(fitted, config)) continue;
            const found = foundBy.get(config)?.get(text) ?? [];
            if (found.length === 0) continue;
            const ranges = fitted ? rangesOf(parseSource(language, file).findAll(fitted)) : 'left out';
            expect(ranges, `${rule.id}: ${text}`).toEqual(rangesOf(found));
            matched += 1;
          }
        }
      }
    expect(matched).toBeGreaterThan(300);
  }, 240_000);
});

import { BEYOND, CODES, type PatternNode, readPattern } from '../../text/read-pattern.ts';

const MOST_LENGTH = 1000;
/** As many rounds as that are as good as any number. */
const MANY = 10;

/**
 * Whether an engine that goes back tries exponentially many ways through a pattern: something that is repeated without end can match
 * the same characters in several ways (`(a+)+$`, `(\w+\s?)*$`, `(a|a)*$`), and what follows it can fail. Only ways through one
 * character again and again are looked at, so what is found is so; a pattern with a back reference is not judged.
 */
export function isSlowPattern(source: string): boolean {
  if (source.length > MOST_LENGTH || !/[+*}][^]*\)[^]*[+*{]|\([^]*\|[^]*\)[+*{]|\)\{\d/.test(source)) return false;
  const parsed = readPattern(source);
  return parsed !== null && hasSlow(parsed, false);
}

function hasSlow(node: PatternNode, failsAfter: boolean): boolean {
  if (node.kind === 'either') return node.of.some((one) => hasSlow(one, failsAfter));
  if (node.kind === 'sequence') {
    let fails = failsAfter;
    for (const one of node.of.toReversed()) {
      if (hasSlow(one, fails)) return true;
      fails ||= canFail(one);
    }
    return false;
  }
  if (node.kind === 'group') return hasSlow(node.of, failsAfter);
  if (node.kind !== 'repeat') return false;
  const fails = failsAfter || node.least >= MANY;
  if (node.most >= MANY && fails && CODES.some((code) => isAmbiguous(node.of, code))) return true;
  return hasSlow(node.of, fails);
}

function canFail(node: PatternNode): boolean {
  if (node.kind === 'set' || node.kind === 'look') return true;
  if (node.kind === 'edge') return node.at !== 'start';
  if (node.kind === 'group') return canFail(node.of);
  if (node.kind === 'repeat') return node.least > 0 && canFail(node.of);
  return node.kind === 'sequence' ? node.of.some(canFail) : node.of.every(canFail);
}

/** How many of one character it matches: the fewest (Infinity: it does not match them alone), and whether more as well. */
interface Run {
  least: number;
  more: boolean;
}

function isAmbiguous(body: PatternNode, code: number): boolean {
  if (body.kind === 'group') return isAmbiguous(body.of, code);
  const { least, more } = runOf(body, code);
  if (least !== Number.POSITIVE_INFINITY && more) return true;
  if (body.kind !== 'either') return false;
  const runs = body.of.map((one) => runOf(one, code)).filter((run) => run.least > 0 && run.least < BEYOND);
  return new Set(runs.map((run) => run.least)).size < runs.length;
}

function runOf(node: PatternNode, code: number): Run {
  switch (node.kind) {
    case 'set':
      return { least: node.has(code) ? 1 : Number.POSITIVE_INFINITY, more: false };
    case 'edge':
    case 'look':
      return { least: 0, more: false };
    case 'group':
      return runOf(node.of, code);
    case 'sequence': {
      const runs = node.of.map((one) => runOf(one, code));
      return { least: runs.reduce((sum, run) => sum + run.least, 0), more: runs.some((run) => run.more) };
    }
    case 'either': {
      const runs = node.of.map((one) => runOf(one, code)).filter((run) => run.least !== Number.POSITIVE_INFINITY);
      return { least: Math.min(...runs.map((run) => run.least)), more: runs.some((run) => run.more) };
    }
    case 'repeat': {
      const inner = runOf(node.of, code);
      if (inner.least === Number.POSITIVE_INFINITY) return { least: node.least === 0 ? 0 : inner.least, more: false };
      return { least: inner.least * node.least, more: node.most >= MANY && (inner.least > 0 || inner.more) };
    }
  }
}

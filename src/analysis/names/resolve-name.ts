import type { SgNode } from '@ast-grep/napi';
import type { RuleLanguage } from '../languages.ts';
import { lazy } from '../lazy.ts';
import { go } from './go.ts';
import type { Declaration, Meaning, NameReader } from './name-reader.ts';
import { python } from './python.ts';
import { typescript } from './typescript.ts';

const READERS: Record<RuleLanguage, NameReader> = { typescript, python, go };
/** The longest chain of members, calls and assignments that is followed; the value of a longer one is unknown. */
const MOST_STEPS = 40;

/**
 * What an expression stands for in its file, as text: `requests.get` for `get` of `from requests import get`,
 * `redis.createClient().keys` for `client.keys`, `database/sql.DB().Query` for `r.db.Query` where the struct says so. What is
 * declared in the file without saying as what begins with `?` (`?client.keys`); what is not declared in it is a global name
 * (or, in Go, of another file of the package) and stands as written. An instance of a type is what a call of it gives.
 */
export type ResolveName = (node: SgNode) => string;

interface Resolved {
  text: string;
  /** The class, struct or object whose fields the file shows. */
  shape: SgNode | null;
}

interface Placed extends Declaration {
  at: number;
  end: number;
  from: number;
  to: number;
}

/** Scans a file for declarations once, when the first name is asked for, and reads those that say a name that is asked for. */
export function createNameResolver(root: SgNode, language: RuleLanguage): ResolveName {
  const reader = READERS[language];
  const spots = lazy(() => listSpots(root, reader));
  // The root begins where its first word stands.
  const text = lazy(() => ' '.repeat(root.range().start.index) + root.text());
  const index = new Map<string, readonly Placed[]>();
  const declarationsOf = (name: string): readonly Placed[] => {
    const found =
      index.get(name) ??
      pickSpots(spots(), listPlaces(text(), name)).flatMap(({ read }) => read().filter((one) => one.name === name));
    index.set(name, found);
    return found;
  };

  const resolve = (node: SgNode, steps: number): Resolved => {
    if (steps > MOST_STEPS) return unknown('');
    const step = reader.readStep(node);
    switch (step.kind) {
      case 'name': {
        const declaration = pickDeclaration(declarationsOf(step.name), node.range().start.index);
        return declaration ? follow(declaration.meaning, step.name, steps + 1) : { text: step.name, shape: null };
      }
      case 'member':
        return take(resolve(step.object, steps + 1), step.name, steps);
      case 'call':
        return callOf(resolve(step.callee, steps + 1));
      case 'inner':
        return resolve(step.node, steps + 1);
      case 'self': {
        const around = node.ancestors().find((at) => reader.classKinds.includes(String(at.kind())));
        return { text: '?this', shape: around ?? null };
      }
      case 'shape':
        return { text: '?', shape: step.node };
      case 'module':
        return { text: step.name, shape: null };
      case 'text':
        return { text: step.text, shape: null };
      case 'unknown':
        return unknown('');
    }
  };

  const follow = (meaning: Meaning, name: string, steps: number): Resolved => {
    if (steps > MOST_STEPS) return unknown(name);
    switch (meaning.kind) {
      case 'module':
        return { text: meaning.name, shape: null };
      case 'value':
        return named(resolve(meaning.node, steps + 1), name);
      case 'instance':
        return named(callOf(resolve(meaning.type, steps + 1)), name);
      case 'field':
        return take(follow(meaning.of, '', steps + 1), meaning.name, steps);
      case 'shape':
        return { text: `?${name}`, shape: meaning.node };
      case 'unknown':
        return unknown(name);
    }
  };

  const take = (object: Resolved, name: string, steps: number): Resolved => {
    const meaning = object.shape && reader.readField(object.shape, name);
    return meaning ? follow(meaning, name, steps + 1) : { text: `${object.text}.${name}`, shape: null };
  };

  return (node) => resolve(node, 0).text;
}

function unknown(name: string): Resolved {
  return { text: `?${name}`, shape: null };
}

/** What is unknown is at least called something. */
function named(resolved: Resolved, name: string): Resolved {
  return /^\?(\(\))?$/.test(resolved.text) ? { ...resolved, text: `?${name}` } : resolved;
}

function callOf(callee: Resolved): Resolved {
  return { text: `${callee.text}()`, shape: callee.shape };
}

/** A node that declares names. */
interface Spot {
  at: number;
  end: number;
  /** To ask a node about what is around it takes longer than to find it, and most names of a file are never asked for. */
  read: () => Placed[];
}

function listSpots(root: SgNode, reader: NameReader): Spot[] {
  return root.findAll({ rule: reader.declarations }).map((node) => {
    const { start: first, end: last } = node.range();
    const [at, end] = [first.index, last.index];
    const read = lazy(() =>
      reader.readDeclarations(node).map((declaration) => {
        const scope = declaration.scope.range();
        return { ...declaration, at, end, from: scope.start.index, to: scope.end.index };
      }),
    );
    return { at, end, read };
  });
}

/** Where a text says a name, as a word of its own. */
function listPlaces(text: string, name: string): number[] {
  const places: number[] = [];
  if (name === '') return places;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length))
    if (!isOfName(text[at - 1]) && !isOfName(text[at + name.length])) places.push(at);
  return places;
}

function isOfName(sign = ''): boolean {
  return /[\w$]/.test(sign);
}

/** A declaration says the names that it declares. */
function pickSpots(spots: readonly Spot[], places: readonly number[]): Spot[] {
  let next = 0;
  return spots.filter(({ at, end }) => {
    // They stand in the order of the text.
    while ((places[next] ?? Infinity) < at) next++;
    return (places[next] ?? Infinity) < end;
  });
}

/**
 * The declaration that holds at a position: of the innermost scope that has one, the last before the position (a use in a
 * function may come before the declaration around it). A declaration without a value is told by the first assignment.
 */
function pickDeclaration(all: readonly Placed[], position: number): Placed | null {
  let best: Placed | null = null;
  for (const one of all) {
    if (one.assigns || position < one.from || one.to < position) continue;
    const narrower = !best || one.to - one.from < best.to - best.from;
    // What is on the right of `client = client or Client()` is the client from before.
    const earlier = one.end <= position || (one.at <= position && one.meaning.kind === 'unknown');
    if (narrower || (earlier && best?.from === one.from && best.to === one.to)) best = one;
  }
  if (!best || best.meaning.kind === 'module') return best;
  const { at, to, meaning } = best;
  const assigned = all.filter((one) => one.assigns && at < one.at && one.at <= to);
  return assigned.findLast((one) => one.end <= position) ?? ((meaning.kind === 'unknown' && assigned[0]) || best);
}

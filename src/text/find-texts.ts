/** A line with a hit. */
export interface TextHit {
  /** 1-based. */
  line: number;
  /** Which of the texts the line holds, by their place in the list, ascending. */
  texts: number[];
}

export interface TextHits {
  hits: TextHit[];
  /** There are more lines than were asked for. */
  more: boolean;
}

export interface TextOptions {
  /** Only where neither neighbour is a letter, a digit, `_`, `$` or a part of a character beyond ASCII. */
  whole: boolean;
  /** `A` is `a`, in ASCII. */
  anyCase?: boolean;
}

const LINE_FEED = 10;

/**
 * Finds any number of literal texts in bytes (UTF-8) in one pass: an automaton of Aho and Corasick (1975), so the time grows with the
 * bytes alone, whatever the texts are and however often they stand there. Overlapping ones are all found.
 *
 * @returns a function that tells at most `most` lines
 */
export function createTextFinder(
  texts: readonly string[],
  { whole, anyCase = false }: TextOptions,
): (bytes: Uint8Array, most: number) => TextHits {
  const words = texts.map((text) => Buffer.from(text));
  const { classOf, next, listEnds } = buildAutomaton(words, anyCase);
  return (bytes, most) => {
    const hits: TextHit[] = [];
    let state = 0;
    let line = 1;
    let counted = 0;
    for (let at = 0; at < bytes.length; at++) {
      state = next[(state >> 1) + (classOf[bytes[at] as number] as number)] as number;
      if ((state & 1) === 0) continue;
      const found = listEnds(state).filter(
        (index) => !whole || isWhole(bytes, at + 1 - (words[index]?.length ?? 0), at + 1),
      );
      if (found.length === 0) continue;
      // Lines are counted only where there is something to tell.
      for (let feed = bytes.indexOf(LINE_FEED, counted); feed !== -1 && feed < at; ) {
        line += 1;
        counted = feed + 1;
        feed = bytes.indexOf(LINE_FEED, counted);
      }
      const last = hits.at(-1);
      if (last?.line === line) {
        for (const index of found) if (!last.texts.includes(index)) last.texts.push(index);
      } else if (hits.length >= most) return { hits: hits.map(inOrder), more: true };
      else hits.push({ line, texts: found });
    }
    return { hits: hits.map(inOrder), more: false };
  };
}

function inOrder({ line, texts }: TextHit): TextHit {
  return { line, texts: texts.toSorted((a, b) => a - b) };
}

function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  return !isWordByte(bytes[start - 1]) && !isWordByte(bytes[end]);
}

function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    byte >= 0x80 ||
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x5f ||
    byte === 0x24
  );
}

interface Automaton {
  /** Bytes that no text holds are one class. */
  classOf: Uint8Array;
  /**
   * The next state for each state and class. A state is written as the place of its first edge, doubled, and odd when a text
   * ends there: one look for each byte.
   */
  next: Int32Array;
  /** Texts that end at a state. */
  listEnds: (state: number) => number[];
}

function buildAutomaton(words: readonly Uint8Array[], anyCase: boolean): Automaton {
  const fold = (byte: number): number => (anyCase && byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte);
  // A text of several lines stands in no line, and an empty one in every line.
  const usable = words.map((word) => (word.includes(LINE_FEED) ? new Uint8Array() : word.map(fold)));
  const alphabet = [...new Set(usable.flatMap((word) => [...word]))];
  const size = alphabet.length + 1;
  const classOf = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) classOf[byte] = alphabet.indexOf(fold(byte)) + 1;
  const most = usable.reduce((sum, word) => sum + word.length, 1);
  const edges = new Int32Array(most * size).fill(-1);
  const own: number[][] = [[]];
  for (const [index, word] of usable.entries()) {
    let state = 0;
    for (const byte of word) {
      const edge = state * size + (classOf[byte] ?? 0);
      if (edges[edge] === -1) edges[edge] = own.push([]) - 1;
      state = edges[edge] ?? 0;
    }
    if (word.length > 0) own[state]?.push(index);
  }
  const { suffix, order } = closeEdges(edges, own.length, size);
  /** 1 where any text ends, the state's own or a shorter one. */
  const ends = new Uint8Array(own.length);
  for (const state of order) ends[state] = own[state]?.length || ends[suffix[state] ?? 0] ? 1 : 0;
  const next = edges.map((state) => (state === -1 ? 0 : state * size * 2 + (ends[state] ?? 0)));
  const listEnds = (state: number): number[] => {
    const found: number[] = [];
    for (let at = (state >> 1) / size; at !== 0 && ends[at] === 1; at = suffix[at] ?? 0) found.push(...(own[at] ?? []));
    return found;
  };
  return { classOf, next, listEnds };
}

/** Gives every state an edge for every class: where a text does not go on, its longest suffix that begins a text does. */
function closeEdges(edges: Int32Array, states: number, size: number): { suffix: Int32Array; order: number[] } {
  const suffix = new Int32Array(states);
  const order: number[] = [0];
  for (let at = 0; at < order.length; at++) {
    const state = order[at] ?? 0;
    for (let kind = 0; kind < size; kind++) {
      const edge = state * size + kind;
      const target = edges[edge] ?? -1;
      const instead = state === 0 ? 0 : (edges[(suffix[state] ?? 0) * size + kind] ?? 0);
      if (target === -1) edges[edge] = instead;
      else {
        suffix[target] = instead;
        order.push(target);
      }
    }
  }
  return { suffix, order };
}

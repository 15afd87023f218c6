import type { CompiledDetection } from './compile-detections.ts';
import { listGroups } from './detection.ts';
import { asksPresence, type CompiledCondition, type Match, matchCondition } from './match-condition.ts';
import { createWalker, type Place, type Walker } from './place.ts';
import type { ManifestDocument } from './read-documents.ts';

export interface WalkedDocument extends ManifestDocument {
  walker: Walker;
}

/** A place at fault: what is looked at, what is reported of it, and what fulfilled the conditions. */
export interface Hit {
  document: WalkedDocument;
  place: Place;
  reported: Place;
  /** In the document's text, where the reported value is a script. */
  offset: number | null;
  groups: Record<string, string>;
}

export function walkDocument(document: ManifestDocument): WalkedDocument {
  return { ...document, walker: createWalker(document.document, document.top) };
}

/** The places of all documents of a file that a detection is about. */
export function findPlaces(detection: CompiledDetection, documents: readonly WalkedDocument[]): Hit[] {
  return documents.flatMap((document) => {
    if (!detection.own.keywords.some((word) => document.text.includes(word))) return [];
    // What a template writes may be what is missed here.
    if (document.open && detection.unless.some(asksPresence)) return [];
    const { walker } = document;
    return walker.find(walker.top, detection.each).flatMap((place) => {
      const matches = fulfils(detection, document, place);
      if (!matches || !isUnusual(detection, documents, place)) return [];
      const here = matches.find((one) => one.here);
      const none = Object.fromEntries(listGroups(detection.own).map((name) => [name, '']));
      const groups = Object.assign(none, ...matches.map((one) => one.groups)) as Record<string, string>;
      return [{ document, place, reported: here?.place ?? place, offset: here?.offset ?? null, groups }];
    });
  });
}

/** The matches of all conditions; null: one does not hold. */
function fulfils(
  { when, unless }: { when: readonly CompiledCondition[]; unless: readonly CompiledCondition[] },
  { walker, text }: WalkedDocument,
  place: Place,
): Match[] | null {
  const matches: Match[] = [];
  for (const condition of when) {
    const match = matchCondition(condition, walker, place, text);
    if (!match) return null;
    matches.push(match);
  }
  return unless.some((condition) => matchCondition(condition, walker, place, text)) ? null : matches;
}

/** Most of the other places in the file have what this one lacks; without siblings in the rule it is not asked. */
function isUnusual({ siblings, each }: CompiledDetection, documents: readonly WalkedDocument[], place: Place): boolean {
  if (!siblings) return true;
  const { unless, have } = siblings;
  const others = documents.flatMap((document) =>
    document.walker
      .find(document.walker.top, each)
      .filter((one) => one.node !== place.node && fulfils({ when: [], unless }, document, one) !== null)
      .map((one) => matchCondition(have, document.walker, one, document.text) !== null),
  );
  const having = others.filter(Boolean).length;
  return having > 0 && having * 2 >= others.length;
}

import { isScalar } from 'yaml';
import type { SourceFile } from '../../change/source-file.ts';
import { inlineCode } from '../../findings/evidence.ts';
import type { RawFinding } from '../../findings/finding.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import { type CompiledDetection, compileDetections } from './compile-detections.ts';
import { decideManifest, isForWorkshop } from './decide-manifest.ts';
import { findPlaces, type Hit, walkDocument } from './find-places.ts';
import { describePlace, readText } from './name-place.ts';
import { readDocuments } from './read-documents.ts';
import { textOf } from './text-of.ts';

/** Compose files, Kubernetes manifests and workflows of GitHub Actions: what to look for is all in the rule files. */
export function createManifestAnalyser(rules: readonly Rule[]): Analyser {
  const detections = compileDetections(rules);
  const isOurs = (file: SourceFile): boolean => {
    const kind = decideManifest(file);
    return kind !== null && detections.has(kind);
  };
  return {
    name: 'manifests',
    handles: isOurs,
    analyse: (file) => {
      const kind = decideManifest(file);
      if (kind === null || isForWorkshop(file.path, kind)) return [];
      const own = (detections.get(kind) ?? []).filter(
        (one) =>
          one.own.keywords.some((word) => file.text.includes(word)) &&
          !one.unlessFile?.test(file.text) &&
          !one.unlessPath?.test(file.path),
      );
      const words = [...new Set(own.flatMap((one) => one.own.keywords))];
      const { documents, gap } = readDocuments(file.text, kind, (text) => words.some((word) => text.includes(word)));
      const walked = documents.map(walkDocument);
      const said = new Set<string>();
      const findings = own.flatMap((detection) =>
        findPlaces(detection, walked).flatMap((hit) => {
          const finding = describeHit(detection, file, hit);
          const place = `${finding.ruleId} ${finding.startLine}`;
          return said.has(place) ? [] : said.add(place) && [finding];
        }),
      );
      const cut = walked.some(({ walker }) => walker.isCut()) ? 'a document is too large to be looked at whole' : null;
      return { findings, clipped: [gap, cut].filter((one) => one !== null).join('; ') || null };
    },
  };
}

function describeHit({ rule, values, own }: CompiledDetection, file: SourceFile, hit: Hit): RawFinding {
  const { document, place, reported, offset, groups } = hit;
  const { walker, lineAt } = document;
  const { node, key } = reported;
  const from = offset ?? key?.range?.[0] ?? node.range?.[0] ?? 0;
  const startLine = lineAt(from);
  const isOneLine = offset !== null || !isScalar(node);
  const endLine = isOneLine ? startLine : Math.max(startLine, lineAt((node.range?.[1] ?? from + 1) - 1));
  const { symbol, name, way } = describePlace(reported, place, walker);
  const text = isScalar(node) ? textOf(node) : '';
  const found = offset === null ? text : (document.text.slice(offset).split('\n', 1)[0] ?? '');
  const named = values.map(([key, path]) => [key, readText(walker.find(place, path)[0])] as const);
  const all = Object.fromEntries(
    [['NAME', name], ...named, ...Object.entries(groups)].map(([key, one]) => [key ?? '', inlineCode(one ?? '')]),
  );
  return {
    ...describeRule(
      rule,
      file,
      { startLine, endLine, symbol, snippet: `${symbol} ${name} ${way} ${found}` },
      'manifests',
      all,
    ),
    ...(own.certain && { certain: own.certain }),
  };
}

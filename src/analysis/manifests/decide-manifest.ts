import { isWorkshopFolder } from '../../change/beside.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { dirOf, nameOf } from '../../text/paths.ts';
import type { ManifestKind } from './detection.ts';

const COMPOSE = /^(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$|(?:^|[._-])(?:docker-)?(?:compose|stack)\.ya?ml$/i;
const SERVICES = /^services:[ \t]*(?:#.*)?$/m;
const KUBERNETES = [/^apiVersion:[ \t]*\S/m, /^kind:[ \t]*\S/m] as const;

/** What a YAML is to whom; null: nothing of these. */
export function decideManifest({ path, kind, text }: Pick<SourceFile, 'path' | 'kind' | 'text'>): ManifestKind | null {
  if (kind === 'workflow') return 'workflow';
  if (kind !== 'yaml') return null;
  if (COMPOSE.test(nameOf(path)) && SERVICES.test(text)) return 'compose';
  return KUBERNETES.every((pattern) => pattern.test(text)) ? 'kubernetes' : null;
}

/** Words of a file's or a folder's own name by which its makers say that it serves nobody. */
const WORKSHOP_WORD =
  /^(?:dev|devel|develop|development|devcontainer|local|localdev|debug|tests?|testing|e2e|integration|ci|override|examples?|samples?|demos?|bench|benchmarks?|loadtest|playground|sandbox|tutorials?|quickstart|kind|minikube|k3d|docs?|documentation|fixtures?|mocks?|template)$/i;

/** Whether developers, readers and tests use it, by its name and its folders: `compose.dev.yml`, `overlays/dev/`, `examples/`. */
export function isForWorkshop(path: string, kind: ManifestKind): boolean {
  if (kind === 'workflow') return false;
  const words = nameOf(path)
    .replace(/\.ya?ml$/i, '')
    .split(/[._-]/);
  const folders = dirOf(path).split('/');
  return (
    isWorkshopFolder(path) ||
    words.some(isWord) ||
    // `../service/compose.yaml`: what a scan was given from beside it.
    folders.some((folder) => /^\.[^.]/.test(folder) || folder.split(/[._-]/).some(isWord))
  );
}

function isWord(word: string): boolean {
  return WORKSHOP_WORD.test(word);
}

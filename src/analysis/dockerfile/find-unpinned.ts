import type { From, Instruction } from 'dockerfile-ast';
import type { Place } from './check.ts';
import { readArguments } from './read-arguments.ts';
import { listLineage, listStages, type Stage } from './stages.ts';

/**
 * Base images from outside without a version, where it matters which one comes: what is run in the end, and what builds the
 * project's own files. A stage that only hands on files of its image (certificates, an emulator) changes nothing else. An image
 * that a build argument names is chosen where the build is started.
 */
export function findUnpinned(instructions: readonly Instruction[]): Place[] {
  const labels = instructions
    .filter((one) => one.getKeyword() === 'LABEL')
    .map((one) => one.getArgumentsContent() ?? '')
    .join('\n');
  const stages = listStages(instructions);
  const used = new Set(
    stages.filter((stage, at) => at === stages.length - 1 || takesFiles(stage)).flatMap(listLineage),
  );
  return stages
    .filter((stage) => used.has(stage) && stage.base === null && isUnpinned(stage.from) && !isOwn(stage.from, labels))
    .map(({ from }: Stage) => ({ instruction: from, values: { IMAGE: from.getImage() ?? '' } }));
}

/** Files of the build's context come in: `COPY . .`, but not `COPY --from=…`. */
function takesFiles({ instructions }: Stage): boolean {
  return instructions.some((one) => {
    const word = one.getKeyword();
    const text = readArguments(one);
    if (word === 'RUN') return /--mount=type=bind(?![^\s]*\bfrom=)/.test(text);
    return (word === 'COPY' || word === 'ADD') && !/--from=/.test(text);
  });
}

/** The version is part of the name, or no other tag is given out for nothing. Sources: the makers' own pages. */
const TAGLESS = /^(?:gcr\.io\/distroless\/\w+(?:-[\w]+)*-debian\d+|cgr\.dev\/chainguard\/[\w-]+)$/;

/**
 * A name of several words and of no publisher is what somebody has built on this machine, under a name of his own. Those that
 * Docker gives out are few. Source: hub.docker.com, official images.
 */
const BUILT_HERE =
  /^(?!(?:eclipse-(?:temurin|mosquitto)|mongo-express|open-liberty|websphere-liberty|ibm-semeru-runtimes|hello-world|r-base|api-firewall|php-zendserver|express-gateway)$)[a-z0-9]+(?:[-_][a-z0-9]+)+$/;

function isUnpinned(from: From): boolean {
  const image = from.getImage() ?? '';
  if (
    image === '' ||
    image === 'scratch' ||
    TAGLESS.test(image.replace(/:latest$/, '')) ||
    image.includes('$') ||
    image.includes('@')
  )
    return false;
  const tag = from.getImageTag();
  if (tag === null && BUILT_HERE.test(image)) return false;
  return tag === null || tag === 'latest';
}

/** An image of the same makers, as the labels name them: what is built on top is released with it. */
function isOwn(from: From, labels: string): boolean {
  const owner = /^(?:ghcr\.io\/|docker\.io\/)?([\w-]{3,})\//.exec(from.getImage() ?? '')?.[1];
  return owner !== undefined && owner !== 'library' && new RegExp(`(?<![\\w-])${owner}(?![\\w-])`, 'i').test(labels);
}

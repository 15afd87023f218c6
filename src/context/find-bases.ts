import type { Declaration } from '../analysis/outline/outline.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isFunction } from './enclosing.ts';
import { endOfFields } from './end-of-fields.ts';
import { basesOf, type Definition, findDefinition } from './find-definition.ts';
import type { Looking } from './looking.ts';

/** The base class of a base class is looked at too, because in-house frameworks are built that way. */
const MOST_HOPS = 2;
const MOST_BASES = 6;
const OVERRIDDEN = 75;
const HEAD = 58;
const FIELDS = 52;
/** Lines of a class before its first method: fewer say nothing, more are shown to who asks. */
const LEAST_FIELDS = 3;
const MOST_FIELDS = 60;

/**
 * What a changed class inherits from classes of this repository: the methods that its changed or removed ones stand in the place of,
 * and the head of each base, where what holds for all of its classes stands (permissions, settings of a view).
 */
export async function findBases(places: readonly Place[], { files, index }: Looking): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const shown = new Set<string>();
  for (const place of places) {
    const holder = holderOf(place);
    if (!holder) continue;
    const method = place.declaration && isFunction(place.declaration) ? place.declaration.name : null;
    if (method !== null) candidates.push(...(await showFields(place, holder, files)));
    let level: Definition[] = [{ source: place.source, declaration: holder }];
    for (let hop = 0; hop < MOST_HOPS && level.length > 0; hop++) {
      const next: Definition[] = [];
      for (const { source, declaration } of level) {
        for (const name of basesOf(source, declaration.name).slice(0, MOST_BASES)) {
          const resolution = await findDefinition(files, index, source, { name, on: null }, null);
          const classes = resolution.kind === 'found' ? resolution.definitions.filter(isClass) : [];
          const [base] = classes;
          if (!base || base.declaration.name === holder.name) continue;
          const overridden = method === null ? null : findMethod(base, method);
          if (overridden)
            candidates.push(propose(base, overridden, `\`${holder.name}.${method}\` stands in its place`));
          // Further up only what is not overridden on the way.
          else next.push(base);
          const key = `${base.source.path} ${base.declaration.startLine}`;
          if (!shown.has(key))
            candidates.push(proposeHead(base, `\`${holder.name}\` of ${place.source.path}`, HEAD - hop * 15));
          shown.add(key);
        }
      }
      level = next;
    }
  }
  return candidates;
}

/** What the class of a changed or removed method has, as it is now: the columns that the method writes, what it is made with. */
async function showFields(
  { source: { path } }: Place,
  { name }: Declaration,
  files: Looking['files'],
): Promise<Candidate[]> {
  const [source] = await files.open('head', [path]);
  const own = source?.outline.declarations.find((one) => one.kind === 'class' && one.name === name);
  if (!source || !own) return [];
  const endLine = endOfFields(source, own);
  const fields = endLine - own.headEndLine;
  if (fields < LEAST_FIELDS || fields > MOST_FIELDS) return [];
  const because = `it is what \`${name}\` has, a method of which was changed or removed`;
  return [{ role: 'definition', source, startLine: own.startLine, endLine, weight: FIELDS, because }];
}

/** The class that a changed method, or a changed line outside of methods, belongs to. */
function holderOf({ source, declaration }: Place): Declaration | undefined {
  if (declaration?.kind === 'class') return declaration;
  if (!declaration || !isFunction(declaration) || declaration.container === null) return undefined;
  return source.outline.declarations.find(({ kind, name }) => kind === 'class' && name === declaration.container);
}

function isClass({ declaration }: Definition): boolean {
  return declaration.kind === 'class';
}

function findMethod({ source, declaration }: Definition, name: string): Declaration | undefined {
  return source.outline.declarations.find(
    (one) => isFunction(one) && one.name === name && one.container === declaration.name,
  );
}

function propose({ source, declaration }: Definition, { startLine, endLine }: Declaration, why: string): Candidate {
  const because = `it is inherited from \`${declaration.name}\`: ${why}`;
  return { role: 'definition', source, startLine, endLine, weight: OVERRIDDEN, because };
}

function proposeHead({ source, declaration }: Definition, of: string, weight: number): Candidate {
  const endLine = endOfFields(source, declaration);
  return {
    role: 'definition',
    source,
    startLine: declaration.startLine,
    endLine,
    weight,
    because: `${of} is made from it`,
  };
}

import type { Import } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { readString } from './strings.ts';

/** Names before a dot that an upper case letter follows. */
type Uses = () => ReadonlySet<string>;

/** Read once, and only for a file that asks. */
export function createUses(text: string): Uses {
  let uses: ReadonlySet<string> | null = null;
  return () => (uses ??= new Set(Array.from(text.matchAll(/(?<![\w.])(\w+)\.[A-Z]/g), ([, name = '']) => name)));
}

const NAME = /^[a-z_]\w*$/i;

/** `import "x"`, `import ( … )`. */
export function lowerImports(node: Syntax, text: string, uses: Uses): Import[] {
  return node.children.flatMap((child) => {
    if (child.kind === 'import_spec_list') return lowerImports(child, text, uses);
    const path = child.kind === 'import_spec' ? childOf(child, 'path') : null;
    if (!path) return [];
    const module = readString(path, text);
    const alias = childOf(child, 'name');
    const local = alias ? text.slice(alias.start, alias.end) : decideLocal(module, uses);
    return [{ local, module, name: '*', span: spanOf(child) }];
  });
}

/**
 * The last segment without a major version: `chi` of `github.com/go-chi/chi/v5`, `yaml` of `gopkg.in/yaml.v3`. Where that is no
 * name of Go, only the package knows what it is called: the part of it that the file uses before a dot (`redis` of `go-redis`).
 */
function decideLocal(module: string, uses: Uses): string {
  const segments = module.split('/');
  const last = segments.at(-1) ?? '';
  const named = /^v\d+$/.test(last) && segments.length > 1 ? (segments.at(-2) ?? '') : last;
  const local = named.replace(/\.v\d+$/, '');
  if (NAME.test(local)) return local;
  const parts = local.split(/[-.]/);
  const possible = [parts.join(''), parts.join('_'), ...parts].filter((one) => NAME.test(one));
  const used = uses();
  return possible.find((one) => used.has(one)) ?? local;
}

import type { Expression } from '../../languages/form.ts';

/** Calls of Go that fail, or give nothing, where nothing has this key: `QueryRow(…, id).Scan(&one)`, `repository.GetDocument(id)`. */
const RUNS = /^(?:First|Take|Last|FindOne|QueryRow\w*)$/;
const FINDS = /^(?:Must)?(?:[gG]et|[fF]ind|[fF]etch|[lL]ook[uU]p|[lL]oad|[rR]etrieve)/;
/** What these look for is no record: a file by its path, a page by its address, a part of the request. */
const OF_SOMETHING_ELSE =
  /(?:File|Path|Dir|Folder|Object|Blob|U[rR][lL]|U[rR][iI]|Page|Content|Body|Template|Image|Data|Bytes|Reader|Stream|Query|Param|Header|Form|Cookie|Env)s?(?:$|[A-Z])/;
/** Packages that ask the network or the machine: `net.LookupHost(host)`, `http.Get(url)`. A count is never missing. */
const STANDARD = /^(?:net|http|os|url|dns|exec|filepath|ioutil)$/;
const MOST_LINKS = 8;

/**
 * The values by which a chain of calls has looked something up. A value that is put together from others, or written otherwise first,
 * is none.
 */
export function keysOfLookup(made: Expression): readonly Expression[] {
  const keys: Expression[] = [];
  let finds = false;
  let isElsewhere = false;
  let at: Expression | null = made;
  for (let links = 0; at && links < MOST_LINKS; links++) {
    if (at.kind === 'name' && STANDARD.test(at.name)) isElsewhere = true;
    if (at.kind === 'field') at = at.of;
    else if (at.kind === 'call' && (at.of.kind === 'field' || at.of.kind === 'name')) {
      const { name } = at.of;
      finds ||= RUNS.test(name) || (FINDS.test(name) && !OF_SOMETHING_ELSE.test(name));
      for (const { value } of at.arguments) keys.push(...keysIn(value));
      isElsewhere ||= at.arguments.some(({ value }) => value.kind === 'text' && /\bcount\s*\(/i.test(value.value));
      at = at.of.kind === 'field' ? at.of.of : null;
    } else break;
  }
  return finds && !isElsewhere ? keys : [];
}

function keysIn(value: Expression): readonly Expression[] {
  if (value.kind === 'name' || value.kind === 'field') return [value];
  // `bson.M{"_id": id}`, `Query{ID: id}`
  return value.kind === 'map' ? value.entries.flatMap((entry) => keysIn(entry.value)) : [];
}

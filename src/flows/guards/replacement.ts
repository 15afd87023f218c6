import { calledName } from '../../languages/called-name.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { ALL, LEVEL, SEGMENT } from '../data/models.ts';
import { readMade } from '../run/environment.ts';
import type { Evaluated, Frame, Run } from '../run/run.ts';
import { labelsOfPattern } from '../values/pattern-labels.ts';
import type { Value } from '../values/value.ts';
import { ADDRESS, constantText, taintsOf, UNKNOWN } from '../values/values.ts';
import { givesAnother } from './gives-another.ts';
import { sourceOfPattern, sourceOfRegexp } from './pattern.ts';

/** What the result of `text.replace(/[^a-z]/g, '')` cannot harm any more: what is taken out of it decides. */
export function labelsOfReplacement(run: Run, frame: Frame, { call, method, args, receiver }: Evaluated): number {
  const [pattern] = call.arguments;
  if (/^ReplaceAll(?:Literal)?String$/.test(method) && call.of.kind === 'field')
    return labelsOfAllowed(run, sourceOfRegexp(frame, call.of.of, receiver), constantText(args.list[1] ?? UNKNOWN));
  // `strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(x)`: each text becomes the one behind it.
  if (method === 'Replace' && receiver?.name === 'strings.Replacer')
    return pairsOf(receiver).reduce((labels, [from, to]) => labels | ends(run, escapeRegExp(from), to), 0);
  if (method === 'sub') return labelsOfSubstitution(run, frame, call, args.list);
  if (!pattern || !/^replace(?:All)?$/.test(method)) return 0;
  const literal = pattern.value.kind === 'pattern' ? pattern.value : null;
  const text = constantText(args.list[0] ?? UNKNOWN);
  const source =
    literal?.source ??
    sourceOfRegexp(frame, pattern.value, args.list[0] ?? null) ??
    (text === null ? null : escapeRegExp(text));
  const by = constantText(args.list[1] ?? UNKNOWN);
  const flags = literal?.flags ?? constantText(args.list[0]?.entries?.get('flags') ?? UNKNOWN) ?? '';
  const isAll =
    method === 'replaceAll' ||
    flags.includes('g') ||
    (frame.closure.home.module.language === 'python' && text !== null);
  if (source === null) return 0;
  if (by === null) return isAll ? exchanged(run, source, args.list[1]) : 0;
  // `path.normalize(x).replace(/^(\.\.[/\\])+/, '')`: what leads up stands at the beginning then.
  if (by === '' && UP_AT_FIRST.test(source) && isNormal(frame, call)) return run.labelOf(LEVEL);
  if (!isAll) return 0;
  const [, allowed] = /^\(?\[\^((?:\\.|[^\]\\])+)\]\+?\)?$/.exec(source) ?? [];
  if (allowed !== undefined && /^[\w-]?$/.test(by)) return labelsOfPattern(run, `^[${allowed}]+$`);
  if (/^\\[WD]\+?$/.test(source) && /^[\w-]?$/.test(by)) return ALL;
  // A path of a request begins with `/`, and with one alone now; `https:/evil.net` of a query is another server for some.
  const isPath = receiver !== null && taintsOf(receiver).every(({ says }) => says === ADDRESS);
  if (isPath && by === '/' && /^\\?\/(?:\+|\{2,\}|\\?\/\+)$/.test(source)) return run.labelOf('redirect');
  return ends(run, source, by);
}

function pairsOf({ entries }: Value): [string, string][] {
  const texts = [...(entries?.values() ?? [])].map(constantText);
  return texts.flatMap((from, index) => {
    const to = texts[index + 1];
    return index % 2 === 0 && from && typeof to === 'string' ? [[from, to] as [string, string]] : [];
  });
}

/** What `..` was taken out of, or to the beginning, as `path.normalize` does. */
function isNormal(frame: Frame, { of }: Evaluated['call']): boolean {
  if (of.kind !== 'field') return false;
  const made = of.of.kind === 'name' ? readMade(frame.env, of.of.name) : of.of;
  return made?.kind === 'call' && /^norm(?:alize|path)$/.test(calledName(made.of));
}

/** `re.sub('[^a-z]', '', x)`, `NOT_A_NAME.sub('_', x)` */
function labelsOfSubstitution(run: Run, frame: Frame, call: Evaluated['call'], list: readonly Value[]): number {
  const own = call.of.kind === 'field' ? sourceOfPattern(frame, call.of.of) : null;
  const source = own ?? constantText(list[0] ?? UNKNOWN);
  const by = constantText(list[own === null ? 1 : 0] ?? UNKNOWN);
  return labelsOfAllowed(run, source, by);
}

/** What is left where all but these characters is replaced. */
function labelsOfAllowed(run: Run, source: string | null, by: string | null): number {
  if (source === null || by === null || !/^[\w-]?$/.test(by)) return 0;
  const [, allowed] = /^\(?\[\^((?:\\.|[^\]\\])+)\]\+?\)?$/.exec(source) ?? [];
  if (allowed !== undefined) return labelsOfPattern(run, `^[${allowed}]+$`);
  return /^\\[WD]\+?$/.test(source) ? ALL : 0;
}

/** `name.split('.').pop()`: one part of a text holds nothing of what parts it: no `..`, or no `/`. */
export function labelsOfPart(run: Run, frame: Frame, { call, method }: Evaluated): number {
  if (!/^(?:pop|shift|at)$/.test(method) || call.of.kind !== 'field') return 0;
  const { of } = call.of;
  const made = of.kind === 'name' ? readMade(frame.env, of.name) : of;
  if (made?.kind !== 'call' || made.of.kind !== 'field' || made.of.name !== 'split') return 0;
  const [by] = made.arguments;
  const text = by?.value.kind === 'text' ? by.value.value : null;
  if (text === '.') return run.labelOf('path');
  return text === '/' ? run.labelOf(SEGMENT) : 0;
}

/** `..` in a pattern, and with a slash behind it that must be there. */
const UP = /\\\.\\\.|\.\.|\\\.\{2/;
const UP_AND_ON = /(?:\\\.\\\.|\.\.|\\\.\{2,?\})(?:\\?[/\\]|\[)(?![^)]*\$)/;

/** All of `../../` at the beginning. */
const UP_AT_FIRST = /^\^\(.*(?:\\\.\\\.|\.\.|\\\.\{2,?\})[\\(?:]*[[/\\].*\)[+*]$/;
/** Each slash, by a class that is a pattern of its own. */
const SLASHES = /(?:^|\|)\(?(?:\?:)?\[(?!\^)[^\]]*\/[^\]]*\][+*]?\)?(?:$|\|)/;

/** `<script`, `<\/?script`, `<\s*iframe`, `<(script|style)` */
const ONE_ELEMENT = /(?<!\()<(?:\\?\/\??|\\s[*+]?)*(?:\((?:\?:)?[a-z]{2,}(?:\|[a-z]{2,})*\|?\)|[a-z]{2,})/gi;

/** Characters of one class, which is all of the pattern. */
const ONE_CLASS = /^\(?\[(?!\^)((?:\\.|[^\]\\])+)\]\+?\)?$/;
/** Each of the three that a filter of LDAP is made with. Source: RFC 4515, 3. */
const FILTER = /^(?=.*\*)(?=.*\()(?=.*\))/s;

/** What is safe where a function gives another text for each character of a class: `text.replace(/[&<>]/g, (c) => ENTITIES[c])`. */
function exchanged(run: Run, source: string, by: Value | undefined): number {
  const characters = ONE_CLASS.exec(source)?.[1] ?? '';
  const [closure, other] = by?.functions ?? [];
  if (!closure || other || !givesAnother(closure)) return 0;
  const ofPage = characters.includes('<') ? run.labelOf('html') : 0;
  return ofPage | (FILTER.test(characters) ? run.labelOf('ldap') : 0);
}

/** What can no longer end the text that a value stands in. */
function ends(run: Run, source: string, by: string): number {
  let labels = 0;
  const has = (some: RegExp): boolean => some.test(source);
  if (by.includes('\\$&') && has(/\[.*[*+?].*\]/)) labels |= run.labelOf('regex');
  if (has(/\\[rn]|\\s|\n|\\p\{(?:C|Cc|Control|Other)\}/) && !/[\r\n]/.test(by))
    labels |= run.labelOf('log') | run.labelOf('header');
  // `<script>` alone is one of many elements; each `<` is all of them.
  if (source.replace(ONE_ELEMENT, '').includes('<') && !by.includes('<')) labels |= run.labelOf('html');
  if (has(SLASHES) && !/[./]/.test(by)) labels |= run.labelOf('path');
  // `....//` without `../` is `../`.
  else if (has(UP) && !/[./]/.test(by) && (by !== '' || !has(UP_AND_ON))) labels |= run.labelOf(LEVEL);
  if (has(/['"]/) && !/['"]/.test(by)) labels |= run.labelOf('xpath');
  // `\28` stands for a bracket in a filter; who writes one writes the others.
  const isFilter = FILTER.test(ONE_CLASS.exec(source)?.[1] ?? '') && !/[*()$]/.test(by);
  if (isFilter || /^\\(?:2a|28|29)$/i.test(by)) labels |= run.labelOf('ldap');
  // A text ends with the first, a name with one of the others: doubled it stands for itself.
  if (/^(['"`])\1$/.test(by) && source.includes(by.charAt(0))) labels |= run.labelOf('sql');
  if (has(/'/) && /^'\\+''$|^'"'"'$/.test(by)) labels |= run.labelOf('shell');
  return labels;
}

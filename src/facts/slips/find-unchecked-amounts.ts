import type { Home } from '../../flows/values/value.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Language } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_NESTED } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** What somebody has, and may be taken from. */
const OWNED = String.raw`(?<![\w.])[\w.]{0,80}?(?:balance|credits?|points|coins|funds|wallet|stock|inventory|available)(?:_?(?:cents|amount|count|in_?cents))?`;
/** What is taken: a name, or a field of one. */
const TAKEN = String.raw`(?<taken>(?:Number\(|parseInt\(|parseFloat\(|float\(|int\(|Decimal\()?[A-Za-z_][\w.]*(?:\[["']\w+["']\])?)`;
const WAYS: readonly RegExp[] = [
  // account.balance -= amount; balance = balance - amount
  new RegExp(String.raw`(?<owned>${OWNED})\s*-=\s*${TAKEN}`, 'gi'),
  new RegExp(String.raw`(?<owned>${OWNED})\s*=\s*\k<owned>\s*-\s*${TAKEN}`, 'gi'),
  // decrement({ balance: amount }), { balance: { decrement: amount } }, { $inc: { balance: -amount } }
  new RegExp(String.raw`\bdecrement\w*\(\s*\{\s*(?<owned>${OWNED})\s*:\s*${TAKEN}`, 'gi'),
  new RegExp(String.raw`(?<owned>${OWNED})["']?\s*:\s*\{\s*decrement\s*:\s*${TAKEN}`, 'gi'),
  new RegExp(String.raw`\binc["']?\s*:\s*\{\s*["']?(?<owned>${OWNED})["']?\s*:\s*-\s*${TAKEN}`, 'gi'),
  // F('balance') - amount, gorm.Expr("balance - ?", amount)
  new RegExp(String.raw`\bF\(["'](?<owned>${OWNED})["']\)\s*-\s*${TAKEN}`, 'gi'),
  new RegExp(String.raw`\bExpr\(["'](?<owned>${OWNED})\s*-\s*\?["']\s*,\s*${TAKEN}`, 'gi'),
];
/** A statement that takes it, and the values that it is given. */
const STATEMENT = new RegExp(
  String.raw`["'\x60][^"'\x60;]{0,200}\bset\s+(?<owned>${OWNED})\s*=\s*\k<owned>\s*-\s*(?:\$\d+|\?|%s|:\w+|@\w+)[^"'\x60]{0,300}["'\x60]\s*,\s*(?<given>[^;\n]{1,200})`,
  'gi',
);
const AMOUNT = /(?:amount|sum|value|quantity|qty|points|credits|coins|price|total|cents|count)\w*$/i;

/** What asks, or makes it more than nothing, by being given it. A message is none. */
const ASKS = String.raw`(?:positive|negative|valid|schema|safeParse|(?<!JSON)\.parse(?=\()|\bjoi\b|\byup\b|\bzod\b|clean|assert|ensure|require|check|\babs|\bmax|\buint(?:8|16|32|64)?|ParseUint)\w{0,60}(?:\.\w{1,60}){0,6}\(`;
/** The same as a method of it: `amount.isPositive()`, `amount.LessThan(decimal.Zero)`. */
const ASKED_OF = String.raw`\.(?:is_?\w*(?:positive|negative|zero)|lte?|gte?|less\w*|greater\w*|sign|cmp|compare\w*|abs)\(`;
/** What holds the amount, as a request is handed on whole. */
const WHOLE = ['req', 'request', 'body', 'payload', 'data', 'dto', 'input', 'ctx', 'self'];
/** The same in front of the handler. */
const GUARDED = /valid|schema|celebrate|\bcheck|body\(|joi|zod/i;
const BEFORE = 300;
/** No handler that people read is longer, in UTF-16 units. */
const LONGEST = 20_000;

/** The request decides how much is taken from what somebody has, and may say less than nothing. */
export function findUncheckedAmounts(home: Home): FoundSlip[] {
  if (!/balance|credit|points|coins|funds|wallet|stock|inventory|available/i.test(home.text)) return [];
  return home.module.functions.flatMap((form) => (form.id === 0 ? [] : findIn(home, form)));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  if (form.span[1] - form.span[0] > LONGEST || functionsAround(home.module, form).length > MOST_NESTED) return [];
  const text = textOf(home, form.span);
  const hit = firstTaken(text);
  if (!hit || isAsked(withoutTexts(text), hit.taken)) return [];
  const { language } = home.module;
  const declared = cameWith(language, text, hit.taken, home, form);
  if (declared === null) return [];
  const before = language === 'typescript' ? home.text.slice(Math.max(0, form.span[0] - BEFORE), form.span[0]) : '';
  if (GUARDED.test(withoutTexts(before))) return [];
  const at = form.span[0] + hit.index;
  return [
    {
      kind: 'amount-unchecked',
      home,
      form,
      span: [at, at + 1],
      names: { AMOUNT: hit.taken, OWNED: hit.owned },
      ...(declared === 'elsewhere' && { suspected: true }),
    },
  ];
}

/** Code without what stands between quotes on a line. */
function withoutTexts(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.){0,300}"|'(?:[^'\\\n]|\\.){0,300}'/g, "''");
}

/** The amount itself, or a name that it goes by here, is compared with nothing, or given to what asks. */
function isAsked(code: string, taken: string): boolean {
  const parts = taken.match(/\w+/g) ?? [];
  const last = parts.at(-1) ?? '';
  const names = new Set([last]);
  const isNamed = new RegExp(String.raw`\b(\w+)\s*(?::[^=\n]{1,40})?:?=(?!=)[^\n;=]{0,80}\b${last}\b`, 'g');
  for (const [, name = ''] of code.matchAll(isNamed)) names.add(name);
  const from = new RegExp(String.raw`\b${last}\s*(?:,\s*\w+\s*)?(?::[^=\n]{1,40})?:?=(?!=)([^\n;]{1,80})`, 'g');
  for (const [, source = ''] of code.matchAll(from)) names.add(/([A-Za-z_]\w*)\W*$/.exec(source)?.[1] ?? last);
  const any = `(?:${
    [...names]
      .filter((name) => !WHOLE.includes(name))
      .slice(0, MOST_NAMES)
      .join('|') || last
  })`;
  const held = `(?:${[any, ...WHOLE, parts[0] ?? last].join('|')})`;
  return [
    String.raw`(?<!-\s?(?:\w+\.){0,3})\b${any}\b[^\n;&|<>]{0,40}[<>]=?\s*(?:decimal\.)?(?:[01]\b|Zero\b|min)`,
    String.raw`\b(?:0(?:\.0)?|1|min\w*)\s*[<>]=?[^\n;&|<>]{0,40}\b${any}\b`,
    String.raw`${ASKS}[^\n;]{0,200}?\b${held}\b`,
    String.raw`\b${held}\b[\])!?]*(?:\.\w+)?\.(?:is_?valid|validate\w*|assert\w*|clean\w*|check\w*)\(`,
    String.raw`\b${any}\b[\])!?]*${ASKED_OF}`,
    String.raw`\b${any}\s+uint|\b${any}\b[^\n=]{0,40}=[^\n;]{0,80}(?:uint|unsigned)`,
    String.raw`\b(?:gt|ge|min|minimum|exclusiveMinimum)\s*[=:(]\s*[01]\b`,
    // `serializer = TransferSerializer(data=request.data)`, which is asked in a line of its own.
    String.raw`\.is_valid\(|\bvalidated_data\b|\bcleaned_data\b`,
  ].some((way) => new RegExp(way, 'i').test(code));
}

const MOST_NAMES = 20;

interface Taken {
  taken: string;
  owned: string;
  index: number;
}

function firstTaken(text: string): Taken | null {
  for (const way of WAYS)
    for (const { groups, index } of text.matchAll(way)) {
      const taken = bare(groups?.['taken'] ?? '');
      if (groups?.['owned'] && AMOUNT.test(taken.replace(/["'\]]+$/, '')))
        return { taken, owned: groups['owned'], index };
    }
  for (const { groups, index } of text.matchAll(STATEMENT)) {
    const given = (groups?.['given'] ?? '').split(/[[\](){},\s]+/).find((one) => AMOUNT.test(one));
    if (given !== undefined && groups?.['owned']) return { taken: given, owned: groups['owned'], index };
  }
  return null;
}

function bare(taken: string): string {
  return taken.replace(/^(?:Number|parseInt|parseFloat|float|int|Decimal)\(/i, '');
}

/**
 * Whether a request brought it: `here`, and nothing says what it must be; `elsewhere`: what says that stands in another file. Null: it
 * did not, or its declaration asks for more than nothing.
 */
function cameWith(
  language: Language,
  code: string,
  taken: string,
  home: Home,
  form: FunctionForm,
): 'here' | 'elsewhere' | null {
  const [root = '', ...fields] = taken.split(/[.[]/);
  const last = escapeRegExp((fields.at(-1) ?? root).replace(/["'\]]/g, ''));
  const name = escapeRegExp(root);
  if (language === 'typescript') {
    if (/^(?:req|request|ctx)\b.*\bbody\b/.test(taken)) return 'here';
    const isTaken = new RegExp(
      String.raw`\{[^{}=]{0,200}\b${name}\b[^{}=]{0,200}\}\s*=\s*(?:await\s+)?(?:req|request|ctx\.request|c\.req)\.(?:body|json\(\))|\b${name}\s*(?::\s*\w+\s*)?=\s*(?:await\s+)?(?:Number\(|parseInt\(|parseFloat\(|\+)?\s*(?:req|request|ctx\.request)\.(?:body|query|params)\b`,
    );
    return isTaken.test(code) ? 'here' : null;
  }
  if (language === 'python') {
    const parsed =
      /\b(\w+)\s*(?::[^=\n]{1,40})?=\s*(?:await\s+)?(?:self\.)?request\.(?:get_json\([^)\n]*\)|json(?:\(\))?|data|form|POST|GET|args|query_params)/g;
    const bodies = [...code.matchAll(parsed)].map(([, body]) => body);
    const direct = taken.startsWith('request.') || bodies.includes(root);
    const assigned = new RegExp(
      String.raw`\b${name}\s*=\s*(?:int|float|Decimal)?\(*(?:request\.\w+|${['_', ...bodies].join('|')})(?:\[|\.get\()`,
    ).test(code);
    if (direct || assigned) return 'here';
    const own = form.parameters.find((one) => one.name === root);
    if (!own || !isRoute(home, form)) return null;
    if (fields.length === 0) return own.type && !/gt|ge|Positive/.test(textOf(home, own.span)) ? 'here' : null;
    return declaredIn(home, own.type?.kind === 'named' ? own.type.name : null, 'class', last);
  }
  const read = new RegExp(String.raw`\b${name}\b[^\n]{0,20}=\s*strconv\.\w+\([^\n]{0,80}(?:FormValue|Query|Param|URL)`);
  if (read.test(code)) return 'here';
  const bound = new RegExp(String.raw`(?:Decode|Bind\w*|ShouldBind\w*|BodyParser|Unmarshal)\([^\n]{0,60}&${name}\b`);
  if (fields.length === 0 || !bound.test(code)) return null;
  const [, type] = new RegExp(String.raw`\bvar\s+${name}\s+(\w+)|\b${name}\s*:=\s*&?(\w+)\{`).exec(code) ?? [];
  return declaredIn(home, type ?? null, 'type', last);
}

/** What a model of the same file says of its field. */
function declaredIn(home: Home, type: string | null, keyword: string, field: string): 'here' | 'elsewhere' | null {
  const at = declaredAt(home).get(`${keyword} ${type}`);
  if (at === undefined) return 'elsewhere';
  const block = home.text.slice(at, at + 2000);
  const [line] =
    new RegExp(String.raw`^[^\n]*\b${field}\b[^\n]*$`, 'im').exec(block.slice(block.indexOf('\n') + 1)) ?? [];
  if (line === undefined) return 'elsewhere';
  return /gt|ge\b|Positive|Unsigned|uint|min|conint|condecimal|confloat/.test(line) || /valid/i.test(block)
    ? null
    : 'here';
}

/** Where a file declares its models first: `class Transfer`, `type Transfer`. */
const declaredAt = memo(({ text }: Home): ReadonlyMap<string, number> => {
  const at = new Map<string, number>();
  for (const { 1: keyword, 2: name, index } of text.matchAll(/\b(class|type)\s+(\w+)/g))
    at.set(`${keyword} ${name}`, at.get(`${keyword} ${name}`) ?? index);
  return at;
});

function isRoute(home: Home, { decorators }: FunctionForm): boolean {
  return decorators.some(({ span }) =>
    /^@?\w+\.(?:get|post|put|patch|delete|route|api_route)\(/.test(textOf(home, span)),
  );
}

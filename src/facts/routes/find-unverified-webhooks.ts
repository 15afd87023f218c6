import { memo } from '../../languages/memo.ts';
import { codeOf } from '../../text/code-of.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Query, Route } from '../facts.ts';
import { queriesOf } from './handled-by.ts';

/** Where another service tells what has happened there. */
const HOOK = /(?:^|[/_.-])(?:web[-_]?hooks?|hooks?|callbacks?|ipn|notify)(?=$|[/_.:{<-])/i;
/** Who is sent here by a browser proves it another way, a path may hold the secret, and some hooks are of the service itself. */
const OTHERWISE =
  /oauth|oidc|saml|sso|auth|login|sign-?in|token|secret|[:{<]\w*(?:key|hash|uuid|code)|internal|graphql|test|debug/i;
/** Settings of a hook that this service calls itself. */
const OF_OWN =
  /^(?:create|register|add|new|update|edit|put|patch|delete|remove|list|get|test|trigger|send|dispatch|subscribe|resend|retry|replay)|(?:Create|Update|Delete|Trigger|Send|Test)(?:Web)?[hH]ook/;
/** Services that sign what they send. */
const SIGNERS =
  /stripe|git-?hub|git-?lab|bitbucket|paypal|shopify|twilio|square|adyen|paddle|lemon-?_?squeezy|razorpay|clerk|slack|sendgrid|mailgun|postmark|braintree|coinbase|paystack|flutterwave|mercado-?_?pago|midtrans|xendit|checkout\.?com|klarna|zoom|intercom|hubspot|linear|sentry|typeform|docusign|woocommerce|chargebee|recurly|plaid|wise|payment|invoice|billing|\bipn\b/i;
/** A call that asks who sent it. A name alone asks nothing: `token` may be that of a device. */
const ASKS_BY_CALL =
  /(?:hmac|signature|\bsig\b|verif|digest|timing_?safe|constant_?time|construct_?event|svix|authori[sz]|authenticat|permission|guard|white_?list|allow_?list|is_?allowed|trusted|client_?ip|remote_?addr|jwt|nonce|checksum|bcrypt|unmarshal_?webhook|parse_?webhook|retriev|get_?payment|fetch_?payment|mollie|payments?\.get\b)\w{0,60}(?:\.\w{1,60}){0,6}\(/i;
/** What stands in the request is given to something that decides. */
const GIVEN_TO =
  /\b(?:check|is_?valid|valid|assert|ensure|require)\w*\([^()\n]{0,200}\b(?:req|request|body|payload|headers?|sig|tokens?|secret|event|raw|data|ctx|c|r)\b/i;
/** A header of the request that is made for this, or who it comes from. */
const READ_OF_REQUEST =
  /(?:\bheaders?\b(?=\??[.[(])|\bget_?header\b|\bHTTP_\w+|\bMETA\b|\bx_\w{1,60}\s{0,20}:[^\n]{0,200}?\bHeader\(|@Headers?\(|(?:req|request|c|ctx)\.(?:get|header)\b)[^\n]{0,20}?(?:['"`.[(]\s{0,20}['"`]?)(?!(?:http_)?(?:content|accept|user[-_]?agent|host\b|x[-_]request[-_]id|traceparent|set|append))\w|\b(?:remote_?(?:addr|ip|host)|client_?ip)\b|(?:req|request|c|ctx)\.ip\b|\b[Ss]ecurity\(|\bDepends\(/i;
/** Something secret is compared. */
const COMPARED =
  /(?:secret|token|password|api_?key|\bkey|signature|\bsig|hash|checksum|\bips?|code)\w{0,60}[\])'"`!)]{0,20}\s{0,20}(?:[!=]==?|\bin\b|\bnot in\b)|(?:[!=]==?|includes\(|\bin)\s*[\w.[\]'"`(]{0,80}?(?:secret|token|password|api_?key|\bkey|signature|\bsig|hash|checksum|\bips?)\w*|current_?user|req(?:uest)?\.user/i;
const asks = (text: string): boolean =>
  [ASKS_BY_CALL, GIVEN_TO, READ_OF_REQUEST, COMPARED].some((way) => way.test(text));
/** Of what stands before a handler its name says what it is for. */
const NAMED =
  /hmac|signature|verif|secret|token|digest|auth|permission|guard|api_?key|allow|trusted|\bip|jwt|check|valid/i;
/** What is given the whole request may look at its headers. */
const HANDS_ON =
  /(?<!\bfunction)(?<![\w.](?:def|func))\b(?!(?:if|for|while|switch|catch|async|function|return)\b)[\w.]{1,120}\((?:[^()\n]{0,300},\s*)?(?:req|request|r|c|ctx|context|this\.req|self\.request)\s*[,)]/;
/** A session of a database is no guard. */
const SESSION = /Depends\(\s*[\w.]{0,80}?(?:db|session|conn|uow|settings)\w{0,60}\s*\)/gi;
/** Headers of the answer. */
const ANSWERS = /\b(?:w\.(?:Write)?Header\(|(?:res|reply|response|c)\.(?:set_?)?headers?\b|set_?header\()/gi;
/** It changes what others rely on. */
const CHANGES =
  /\.(?:a?save|commit|bulk_create|insert\w*|upsert|update(?:One|Many|_one|_many)?|increment|decrement|findOneAndUpdate|findByIdAndUpdate|Save|Create|Updates?|UpdateColumns?|Exec(?:Context)?)\(|\b(?:mark_?\w*[pP]aid|fulfil\w*|credit_?\w*|grant_?\w*|add_?[cC]redits?|confirm_?[pP]ayment|activate_?\w*|upgrade_?\w*)\(/;
const MONEY =
  /balance|credit|paid|amount|payment|invoice|order|subscription|plan\b|wallet|premium|licen[cs]e|payout|refund|role|\bactive\b/i;
/** What stands before a handler and asks nobody. */
const ASKS_NOBODY =
  /json|raw|urlencoded|body|parser|text|log|morgan|limit|throttl|cors|csrf_exempt|helmet|compress|async|wrap|catch|session|multer|upload|recover|requestid|trace|api_view|require_(?:post|http_methods)|http_code/i;
/** Whoever comes to any route of the file is asked. */
const BEFORE_ALL =
  /\bverify\s*:|before_request|@app\.middleware|addHook\(\s*['"](?:onRequest|preHandler)|\bAPP_GUARD\b/;
const MOST_LINES = 5_000;

/** A hook that anybody may call: what it is told changes rows, and nothing asks who told it. */
export const findUnverifiedWebhooks: FindFacts = ({ routes, queries }, read) => {
  const hooks = routes.filter(isHook);
  const told = new Set<string>();
  return hooks.flatMap((route) => {
    const handler = route.handler.place;
    const text = handler && textOf(handler, read);
    if (!handler || text === null || isAsked(route, text) || told.has(keyOf(handler))) return [];
    const written = queriesOf({ route, handler }, queries).filter(isWrite);
    if (written.some(({ through, place }) => isAskedOn([...through, place], handler, read))) return [];
    if (written.length === 0 && !CHANGES.test(text)) return [];
    const files = [...new Set([route.place.path, handler.path])];
    if (files.some((path) => BEFORE_ALL.test(read({ path, startLine: 1, endLine: MOST_LINES })))) return [];
    told.add(keyOf(handler));
    const isSigned = SIGNERS.test(`${route.path} ${route.handler.name} ${text}`);
    const isMoney = MONEY.test(
      `${written.flatMap(({ tables, columns }) => [...tables, ...columns]).join(' ')} ${text}`,
    );
    return [
      {
        place: { ...handler, endLine: handler.startLine },
        symbol: route.handler.name,
        suspected: !(isSigned && isMoney && route.whole),
        values: { ROUTE: `POST ${route.path}` },
      },
    ];
  });
};

function isHook({ method, path, handler, authorised }: Route): boolean {
  const name = lastPart(handler.name);
  return (
    /^(?:POST|ANY)$/.test(method) &&
    !authorised &&
    HOOK.test(path) &&
    !OTHERWISE.test(path) &&
    !OF_OWN.test(name) &&
    // `POST /webhooks` makes one, unless it says that it takes what it is sent.
    (!/(?:^|\/)(?:web-?_?hooks?|hooks?|callbacks?)\/?(?:[:{<]\w*[>}]?)?$/i.test(path) ||
      /hook|handle|receive|event|notif|inline/i.test(name))
  );
}

function textOf(handler: FactPlace, read: ReadPlace): string {
  const text = codeOf(read(handler)).replace(SESSION, '').replace(ANSWERS, '');
  const known = emptyNames(read);
  const empty =
    known.get(handler.path) ?? emptyIn(codeOf(read({ path: handler.path, startLine: 1, endLine: MOST_LINES })));
  known.set(handler.path, empty);
  return empty.size === 0 ? text : text.replace(CALLS, (call, name: string) => (empty.has(name) ? '' : call));
}

/** `verify(`, `this.verify(`: a call of a function of the file. */
const CALLS = /(?<![\w$.])(?:(?:this|self|\w)\.)?([\w$]+)\s*\(/g;
/** A function that lets everybody through, whatever its name promises. */
const EMPTY = [
  /\b(?:function|func(?:\s*\([^()\n]{0,100}\))?)\s+(\w+)\s*\([^()\n]{0,200}\)[^{}\n]{0,80}\{\s*(?:return(?:\s+(?:true|nil|null|undefined))?;?\s*)?\}/g,
  /\b(?:const|let)\s+(\w+)\s*=\s*(?:async\s*)?\([^()\n]{0,200}\)[^=>\n]{0,60}=>\s*(?:true\b(?!\s*[&|=?.])|\{\s*(?:return(?:\s+true)?;?\s*)?\})/g,
  /\bdef\s+(\w+)\([^()\n]{0,200}\)[^:\n]{0,60}:\s*(?:pass|return(?:[ \t]+True)?)[ \t]*(?=\n|$)/g,
];

/** A method of a class beside it, or of what it implements, may have the same name and ask. */
const DEFINES = /\b(?:function|func(?:\s*\([^()\n]{0,100}\))?|def|const|let)\s+(\w+)/g;

/** A file is looked through once, however many handlers it has. */
const emptyNames = memo<ReadPlace, Map<string, ReadonlySet<string>>>(() => new Map());

function emptyIn(text: string): ReadonlySet<string> {
  const found = EMPTY.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  if (found.length === 0) return new Set();
  const count = (names: readonly string[]): ReadonlyMap<string, number> => {
    const times = new Map<string, number>();
    for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
    return times;
  };
  const all = count([...text.matchAll(DEFINES)].map(([, name = '']) => name));
  return new Set([...count(found)].filter(([name, times]) => times >= (all.get(name) ?? 0)).map(([name]) => name));
}

function isAsked({ middleware }: Route, text: string): boolean {
  return (
    asks(text) ||
    HANDS_ON.test(text.slice(text.indexOf('\n') + 1)) ||
    middleware.some(({ name, does, passesAll }) =>
      passesAll || does.length > 0 ? does.includes('authorises') : NAMED.test(name) || !ASKS_NOBODY.test(name),
    )
  );
}

/** A function on the way asks. */
function isAskedOn(places: readonly FactPlace[], handler: FactPlace, read: ReadPlace): boolean {
  return places.some(
    (one) =>
      keyOf(one) !== keyOf(handler) &&
      /hmac|signature|verif|construct_?event|compare_?digest|timing_?safe/i.test(read(one)),
  );
}

function isWrite({ operation }: Query): boolean {
  return operation === 'insert' || operation === 'update' || operation === 'delete';
}

function keyOf({ path, startLine, endLine }: FactPlace): string {
  return `${path}:${startLine}:${endLine}`;
}

import type { FindFacts } from '../fact-hit.ts';
import type { Route } from '../facts.ts';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
/** The handler takes its body as it comes. */
const READS =
  /\b(?:req|request|ctx\.request|c\.req|ctx\.req)\.body\b|\bawait (?:request|req|c\.req)\.json\(\)|\brequest\.get_json\(|\brequest\.json\b|\b\w+:\s*[dD]ict\b|@Body\(\)\s*\w+\s*:\s*any\b|\.(?:ShouldBind|ShouldBindJSON|BindJSON|BodyParser|Bind)\(|json\.NewDecoder\(\w+\.Body\)|\bjson\.Unmarshal\(/;
/** Something here looks at it. */
const LOOKS =
  /validat|schema|parse\w*\(|safeParse|\bjoi\b|\bzod\b|\bz\.|ajv|yup|assert|sanitiz|typeof\s|isinstance|instanceof|\bcheck\w*\(|Serializer|Form\(|model_validate|rawBody|raw_body|signature|constructEvent|\bbinding:|isArray|is_valid|pydantic|\bvalid\b|\.Valid\(/i;
/** Others send what they send. */
const OTHERS = /hook|callback|log-?_?out|saml|acs\b|upload|import|graphql|rpc|proxy|raw|event|track|collect|ingest/i;
const SIBLINGS = 2;
/** `if (!name)`: what it takes is asked for by hand. */
const BY_HAND = /\bif\s*\(?\s*(?:!|not\s)|\.length\b|\blen\(|throw\b|raise\b|\b4\d\d\b|BadRequest/;

/** A body that is used as it comes, where at least two other routes of the same router say what theirs must look like. */
export const findUnvalidatedBodies: FindFacts = ({ routes }, read) => {
  const taking = routes.filter(({ method, handler }) => WITH_BODY.has(method) && handler.place !== null);
  const groups = Map.groupBy(taking, ({ router, place }) =>
    router ? `${router.path}:${router.startLine}` : place.path,
  );
  return [...groups.values()].flatMap((group) => {
    const validated = group.filter((one) => one.validated);
    const others = group.filter((one) => !one.validated);
    if (validated.length < SIBLINGS || others.length * 2 > validated.length) return [];
    return others.flatMap((one) => {
      const { place } = one.handler;
      if (!place || OTHERS.test(one.path) || OTHERS.test(one.handler.name)) return [];
      const text = read(place);
      if (!READS.test(text) || LOOKS.test(text) || BY_HAND.test(text) || isUnknown(one)) return [];
      const siblings = validated.slice(0, 2).map((sibling) => `\`${sibling.method} ${sibling.path}\``);
      return [
        {
          place: one.place,
          symbol: one.handler.name,
          suspected: true,
          values: { ROUTE: `${one.method} ${one.path}`, SIBLINGS: siblings.join(', ') },
        },
      ];
    });
  });
};

/** Something stands before it alone of which it is not known what it does. */
function isUnknown({ middleware }: Route): boolean {
  return middleware.some(({ own, does, passesAll }) => own && does.length === 0 && passesAll !== true);
}

import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Parameter, Type } from '../../languages/form.ts';
import { sourceOf } from '../run/run.ts';
import type { Home } from '../values/value.ts';

/** Parameters that frameworks pass to the code that answers a request. */
const TYPES =
  /(?:^|\.)(?:ResponseWriter|HttpRequest|IncomingMessage|FastifyRequest|FastifyReply|NextApiRequest|NextRequest|APIGatewayProxyEvent)$|^(?:http\.Request|gin\.Context|echo\.Context|fiber\.Ctx|express\.\w+|flask\.Request|web\.Request)$/;
const TYPES_OF_NODE = /^(?:Request|Response)$/;
const DECORATORS =
  /^@?(?:[\w.]+\.)?(?:route|get|post|put|patch|delete|api_view|action|websocket|Get|Post|Put|Patch|Delete|All|Query|Mutation|MessagePattern)\(/;

/** Whether a place is in a function that answers requests, or in one that is written in such a function. */
export function isInHandler(home: Home, form: FunctionForm | null): boolean {
  return functionsAround(home.module, form).some((one) => isHandler(home, one));
}

function isHandler(home: Home, { parameters, decorators }: FunctionForm): boolean {
  const isNode = home.module.language === 'typescript';
  if (decorators.some(({ span }) => DECORATORS.test(sourceOf(home, span)))) return true;
  if (
    parameters.some(({ type }) =>
      namesOf(type).some((name) => TYPES.test(name) || (isNode && TYPES_OF_NODE.test(name))),
    )
  )
    return true;
  const names = parameters.map(({ name }: Parameter) => name);
  if (home.module.language === 'python') return /^(?:request|req)$/.test(names.find((name) => name !== 'this') ?? '');
  return (
    /^_?req(?:uest)?,_?(?:res(?:ponse)?|reply)\b/.test(names.join(',')) ||
    /^(?:_?err(?:or)?),_?req(?:uest)?,/.test(names.join(','))
  );
}

function namesOf(type: Type | null): string[] {
  if (type?.kind === 'named') return [type.name];
  return type?.kind === 'union' ? type.of.flatMap(namesOf) : [];
}

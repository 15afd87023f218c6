import type { FieldDefinitionNode, ObjectTypeDefinitionNode, ObjectTypeExtensionNode, TypeNode } from 'graphql';
import type { Comparison, Hit } from '../hit.ts';
import { HIDDEN, SECRET_FIELD } from '../secret-field.ts';
import { readSdl } from './read-sdl.ts';

/** Directives that say who may ask. */
const ASKS_WHO = /auth|role|permission|scope|login|logged|signed|admin|guard|protect|require/i;
/** Who has no account yet sends these. */
const OPEN_BY_NATURE =
  /log_?in|sign_?(?:in|up)|log_?out|regist|auth|token|session|password|otp|verif|confirm|invit|reset|forgot|recover|setup|initial/i;
const SLICE =
  /^(?:first|last|limit|take|page|page_?size|per_?page|offset|cursor|after|before|filter|paginate|pagination|ids?)$/i;
/** So many of its siblings must have it. */
const MOST = 0.75;

/** What a schema of GraphQL shows by itself; null: where nothing is described. */
export function checkSdl(text: string): Comparison {
  const sdl = readSdl(text);
  if (typeof sdl === 'string') return { hits: [], gap: sdl };
  const hits: Hit[] = [];
  const types = (sdl?.document.definitions ?? []).filter(
    (one): one is ObjectTypeDefinitionNode | ObjectTypeExtensionNode =>
      one.kind === 'ObjectTypeDefinition' || one.kind === 'ObjectTypeExtension',
  );
  const note = (kind: Hit['kind'], field: FieldDefinitionNode, symbol: string, values: Hit['values']): void => {
    const line = field.name.loc?.startToken.line ?? 1;
    hits.push({ kind, place: { base: null, head: { startLine: line, endLine: line }, up: null }, symbol, values });
  };
  const fieldsOf = (name: string): FieldDefinitionNode[] =>
    types.filter((type) => type.name.value === name).flatMap(({ fields }) => fields ?? []);
  for (const type of types)
    for (const field of type.fields ?? []) {
      const symbol = `${type.name.value}.${field.name.value}`;
      const isText = nameOf(field.type) === 'String' && (field.arguments?.length ?? 0) === 0;
      if (
        isText &&
        !/^(?:Query|Mutation|Subscription)$/.test(type.name.value) &&
        SECRET_FIELD.test(field.name.value) &&
        !HIDDEN.test(field.description?.value ?? '')
      )
        note('secret-in-answer', field, symbol, { NAME: `\`${symbol}\``, WHERE: type.name.value });
    }
  const mutations = fieldsOf('Mutation');
  const isAsked = ({ directives }: FieldDefinitionNode): boolean =>
    (directives ?? []).some(({ name }) => ASKS_WHO.test(name.value));
  const asked = mutations.filter(isAsked);
  if (asked.length >= 3 && asked.length >= mutations.length * MOST)
    for (const field of mutations)
      if (!isAsked(field) && !OPEN_BY_NATURE.test(field.name.value))
        note('graphql-open-mutation', field, `Mutation.${field.name.value}`, {
          NAME: field.name.value,
          WHERE: String(asked.length),
        });
  const lists = fieldsOf('Query').filter(({ type }) => isList(type));
  const isSliced = (field: FieldDefinitionNode): boolean =>
    (field.arguments ?? []).some(({ name }) => SLICE.test(name.value));
  const whole = lists.filter((field) => !isSliced(field));
  if (lists.length - whole.length >= Math.max(2, whole.length * 2))
    for (const field of whole)
      note('list-without-limit', field, `Query.${field.name.value}`, { NAME: `Query.${field.name.value}`, WHERE: '' });
  return { hits, gap: null };
}

function nameOf(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : type.kind === 'NonNullType' ? nameOf(type.type) : '';
}

function isList(type: TypeNode): boolean {
  return type.kind === 'ListType' || (type.kind === 'NonNullType' && isList(type.type));
}

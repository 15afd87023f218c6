import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  isTypeSystemDefinitionNode,
  isTypeSystemExtensionNode,
  Kind,
  parse,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  visit,
} from 'graphql';

/** A schema of a hundred thousand lines has as many. */
const MOST_TOKENS = 500_000;

export interface Sdl {
  document: DocumentNode;
  schema: GraphQLSchema;
  /** Types that the text names and does not define: another file does. */
  foreign: ReadonlySet<string>;
}

/**
 * The schema that one file describes, which may be a part of a larger one: what it extends counts as defined here, and what it
 * only names stands in for whatever another file says. Null: the text describes no schema; a text: why it cannot be read.
 */
export function readSdl(text: string): Sdl | string | null {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return text.trim() === '' ? null : `it is no GraphQL: line ${error.locations?.[0]?.line ?? 1}`;
  }
  const own = document.definitions.filter((one) => isTypeSystemDefinitionNode(one) || isTypeSystemExtensionNode(one));
  if (own.length === 0) return null;
  const defined = new Set(own.filter(isTypeDefinitionNode).map(({ name }) => name.value));
  const definitions = own.map((one) => {
    if (!isTypeExtensionNode(one) || defined.has(one.name.value)) return one;
    defined.add(one.name.value);
    return toDefinition(one);
  });
  const foreign = listForeign(definitions, defined);
  const stubs = [...foreign].map(
    (value): DefinitionNode => ({ kind: Kind.SCALAR_TYPE_DEFINITION, name: { kind: Kind.NAME, value } }),
  );
  const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...definitions, ...stubs] };
  const schema = buildASTSchema(whole, { assumeValid: true, assumeValidSDL: true });
  return { document: { kind: Kind.DOCUMENT, definitions: own }, schema, foreign };
}

function toDefinition(extension: TypeExtensionNode): TypeDefinitionNode {
  return { ...extension, kind: extension.kind.replace('Extension', 'Definition') } as TypeDefinitionNode;
}

function listForeign(definitions: readonly DefinitionNode[], defined: ReadonlySet<string>): Set<string> {
  const known = new Set([...defined, ...specifiedScalarTypes.map(({ name }) => name)]);
  const foreign = new Set<string>();
  visit(
    { kind: Kind.DOCUMENT, definitions },
    {
      NamedType: ({ name }) => {
        if (!known.has(name.value)) foreign.add(name.value);
      },
    },
  );
  return foreign;
}

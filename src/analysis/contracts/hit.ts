/** What a change of a specification does to those who rely on it; rule files name these in `detect.contract`. */
export const CONTRACT_HITS = [
  // OpenAPI
  'operation-removed',
  'status-removed',
  'media-type-removed',
  'answer-field-removed',
  'answer-field-optional',
  'answer-nullable',
  'answer-type-changed',
  'answer-enum-value-added',
  'parameter-required',
  'parameter-removed',
  'body-required',
  'request-field-required',
  'request-field-removed',
  'request-type-changed',
  'request-enum-value-removed',
  'request-limit-narrowed',
  'authentication-added',
  'authentication-changed',
  // Of one text alone: OpenAPI, and what GraphQL has as well
  'open-mutation',
  'plain-http',
  'credential-in-url',
  'outdated-flow',
  'list-without-limit',
  'open-admin',
  'admin-like-others',
  'basic-scheme',
  'outdated-scheme',
  'scheme-unregistered',
  'scheme-undefined',
  'scope-undefined',
  'plain-http-too',
  'internal-server',
  'numeric-id',
  'numeric-id-here',
  'page-size-open',
  'input-without-limit',
  'input-without-limit-here',
  'open-body',
  'privileged-field',
  'address-from-caller',
  'secret-in-answer',
  'failure-unsaid',
  'failure-unsaid-here',
  'retry-unsaid',
  'get-with-body',
  'get-changes',
  'operation-id-twice',
  'path-parameter-undeclared',
  'reference-broken',
  // GraphQL
  'graphql-open-mutation',
  'graphql-type-removed',
  'graphql-field-removed',
  'graphql-member-removed',
  'graphql-output-changed',
  'graphql-input-changed',
  'graphql-input-required',
  'graphql-input-removed',
  'graphql-enum-value-removed',
  'graphql-enum-value-added',
  // Protocol buffers
  'proto-number-reused',
  'proto-number-freed',
  'proto-type-changed',
  'proto-number-changed',
  'proto-name-changed',
  'proto-element-removed',
  'proto-type-removed',
  'proto-method-changed',
  'proto-package-changed',
  'proto-required',
] as const;
export type ContractHit = (typeof CONTRACT_HITS)[number];

/** Lines of one text, 1-based and inclusive. */
export interface Span {
  startLine: number;
  endLine: number;
}

/** Where something stands before and after the change, and what it stands in. */
export interface Place {
  base: Span | null;
  head: Span | null;
  /** A part that has a name of its own: an operation, a schema, a type. What accepts a break inside it stands in it or above it. */
  owner?: true;
  up: Place | null;
}

/** Why a break is expected, or small: it was announced, or nothing was promised; `inner`: to nobody outside; `nullable`: a `!` went. */
export type Relief = 'nullable' | 'deprecated' | 'unstable' | 'new-major' | 'inner';

export interface Hit {
  kind: ContractHit;
  place: Place;
  /** What breaks, in full: `GET /orders 200 total`. With the kind it is the finding's identity. */
  symbol: string;
  /** Of the rule's text. NAME: the part itself. WHERE: whose it is. BEFORE, AFTER: its type, value or name. NUMBER: on the wire. */
  values: { NAME: string; WHERE: string; BEFORE?: string; AFTER?: string; NUMBER?: string };
  relief?: Relief | null;
  /** All places of what a document does in many, with their names: it is said once. */
  spots?: readonly { line: number; name: string }[];
}

/** What was found; `gap`: what could not be looked at, in words. */
export interface Comparison {
  hits: Hit[];
  gap: string | null;
}

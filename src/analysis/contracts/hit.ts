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
  // OpenAPI, of one text alone
  'open-mutation',
  'plain-http',
  'credential-in-url',
  'outdated-flow',
  'list-without-limit',
  // GraphQL
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

/** Why a break is expected: it was announced, or nothing was promised; `inner`: to nobody outside. */
export type Relief = 'deprecated' | 'unstable' | 'new-major' | 'inner';

export interface Hit {
  kind: ContractHit;
  place: Place;
  /** What breaks, in full: `GET /orders 200 total`. With the kind it is the finding's identity. */
  symbol: string;
  /** Of the rule's text. NAME: the part itself. WHERE: whose it is. BEFORE, AFTER: its type, value or name. NUMBER: on the wire. */
  values: { NAME: string; WHERE: string; BEFORE?: string; AFTER?: string; NUMBER?: string };
  relief?: Relief | null;
}

/** What was found; `gap`: what could not be looked at, in words. */
export interface Comparison {
  hits: Hit[];
  gap: string | null;
}

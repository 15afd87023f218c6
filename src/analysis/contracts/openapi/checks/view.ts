import type { ContractHit, Hit } from '../../hit.ts';
import type { Operation } from '../list-operations.ts';
import type { SpecNode } from '../parse-spec.ts';

/** A place with the name that a sentence gives it. */
export interface Spot {
  node: SpecNode;
  name: string;
}

/** What a check looks at, and how it says what it finds. */
export interface View {
  root: SpecNode;
  operations: readonly Operation[];
  note: (kind: ContractHit, node: SpecNode, symbol: string, values: Hit['values']) => void;
  /** What the document does in many places is one hit: at the first place, or at the first that a change touched. */
  noteOnce: (kind: ContractHit, spots: readonly Spot[], values?: Omit<Hit['values'], 'NAME' | 'WHERE'>) => void;
}

/** The words of an operation that say what it is for. */
export function wordsOf({ path, node }: Operation): string {
  const tags = (node.members?.get('tags')?.items ?? []).map(({ value }) => String(value)).join(' ');
  return `${path} ${String(node.members?.get('operationId')?.value ?? '')} ${tags}`;
}

/** Who calls it has no credentials yet, or is another service that signs its requests. */
export const OPEN_BY_NATURE =
  /log-?in|sign-?(in|up)|log-?out|regist|auth|token|session|password|passcode|otp|mfa|verif|confirm|invit|reset|forgot|recover|webhook|callback|hook|public|health|ping|csrf|captcha|unsubscribe|telemetry|oidc|saml|sso|jwks|setup|install|bootstrap|super-?_?admin|first-?_?(?:user|run)/i;

export const MUTATIONS: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'delete']);

export function schemesOf(root: SpecNode): SpecNode | undefined {
  return root.members?.get('components')?.members?.get('securitySchemes') ?? root.members?.get('securityDefinitions');
}

export function textOf(node: SpecNode | undefined, key: string): string {
  const value = node?.members?.get(key)?.value;
  return typeof value === 'string' ? value : '';
}

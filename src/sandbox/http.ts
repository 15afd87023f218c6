import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxRepository, SandboxState, SandboxUser } from './state.ts';

/** A request that passed authentication. */
export interface SandboxRequest {
  state: SandboxState;
  /** Whose token it is, and what that token may do. */
  viewer: SandboxUser;
  permissions: SandboxState['permissions'];
  url: string;
  params: string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
  accept: string;
}

export interface SandboxAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface SandboxRoute {
  method: string;
  /** As in GitHub's OpenAPI description: answers are validated by it. */
  template: string;
  pattern: RegExp;
  /** Who may call: the App by JWT, any of its tokens, a token with these permissions, or anyone. */
  needs: 'app' | 'installation' | 'nobody' | Record<string, 'read' | 'write'>;
  handle: (request: SandboxRequest) => Promise<SandboxAnswer> | SandboxAnswer;
}

export class SandboxError extends Error {
  readonly status: number;
  readonly errors: unknown;

  constructor(status: number, message: string, errors?: unknown) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export function route(
  method: string,
  template: string,
  needs: SandboxRoute['needs'],
  handle: SandboxRoute['handle'],
): SandboxRoute {
  const pattern = template.replace(/\{path\}/g, '(.+)').replace(/\{[^}]+\}/g, '([^/]+)');
  return { method, template, needs, handle, pattern: new RegExp(`^${pattern}$`) };
}

export function findRepository(state: SandboxState, owner = '', name = ''): SandboxRepository {
  const found = state.repositories.find(
    (one) => one.owner.toLowerCase() === owner.toLowerCase() && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (!found) throw new SandboxError(404, 'Not Found');
  return found;
}

export function findPullRequest(repository: SandboxRepository, number: string | undefined) {
  const found = repository.pulls.find((pull) => pull.number === Number(number));
  if (!found) throw new SandboxError(404, 'Not Found');
  return found;
}

/** A field of a request body as text; anything else than text is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = await readText(request);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

export function send(response: ServerResponse, { status, body, headers = {} }: SandboxAnswer): void {
  const raw = typeof body === 'string';
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-limit': '5000',
      ...headers,
    })
    .end(raw ? body : JSON.stringify(body));
}

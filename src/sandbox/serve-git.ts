import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { createGitEnvironment } from '../git/run-git.ts';
import { verifyToken } from './auth.ts';
import { findRepository, SandboxError } from './http.ts';
import type { FetchRecord } from './sandbox.ts';
import type { SandboxState } from './state.ts';

const PATH = /^\/([\w.-]+)\/([\w.-]+)\.git\/(info\/refs|git-upload-pack)$/;

/** What GitHub's own git servers allow, and nothing that the repository configures. Source: git-config(1), uploadpack.*. */
const SETTINGS = ['uploadpack.allowFilter=true', 'uploadpack.allowAnySHA1InWant=true', 'safe.directory=*'];

export function isGitRequest(path: string): boolean {
  return PATH.test(path);
}

/**
 * Git's smart HTTP for reading, as GitHub speaks it to a token: `x-access-token` and the token as the password. Source:
 * git's Documentation/gitprotocol-http and docs.github.com, "Authenticating as a GitHub App installation".
 */
export async function serveGit(
  state: SandboxState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<FetchRecord> {
  const at = new URL(request.url ?? '/', 'http://localhost');
  const record: FetchRecord = { path: at.pathname, status: 200, bytes: 0 };
  const refuse = (status: number, message: string): FetchRecord => {
    response.writeHead(status, {
      'content-type': 'text/plain',
      ...(status === 401 && { 'www-authenticate': 'Basic realm="GitHub"' }),
    });
    response.end(message);
    return { ...record, status };
  };
  try {
    const [, owner, name, service] = PATH.exec(at.pathname) ?? [];
    const repository = findRepository(state, owner, name);
    authorise(state, request.headers.authorization, repository.id);
    const advertise = service === 'info/refs';
    if (advertise && at.searchParams.get('service') !== 'git-upload-pack')
      return refuse(403, 'Only reading is served.');
    const what = advertise ? 'advertisement' : 'result';
    response.writeHead(200, { 'content-type': `application/x-git-upload-pack-${what}`, 'cache-control': 'no-cache' });
    if (advertise) response.write('001e# service=git-upload-pack\n0000');
    const args = SETTINGS.flatMap((setting) => ['-c', setting]);
    const options = ['--stateless-rpc', ...(advertise ? ['--advertise-refs'] : []), repository.dir];
    const protocol = request.headers['git-protocol'];
    const child = spawn('git', [...args, 'upload-pack', ...options], {
      env: { ...createGitEnvironment(), ...(typeof protocol === 'string' && { GIT_PROTOCOL: protocol }) },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => {
      record.bytes += chunk.length;
    });
    response.on('close', () => child.kill());
    const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
    body.on('error', () => child.kill()).pipe(child.stdin);
    child.stdout.pipe(response);
    await new Promise<void>((resolve) => child.on('close', () => resolve()));
    return record;
  } catch (error) {
    return error instanceof SandboxError ? refuse(error.status, error.message) : refuse(500, 'sandbox error');
  }
}

function authorise(state: SandboxState, header: string | undefined, repositoryId: number): void {
  const [, encoded = ''] = /^basic (.+)$/i.exec(header ?? '') ?? [];
  const [, token = ''] = /^x-access-token:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  const { repositoryIds, permissions } = verifyToken(state, token);
  if (repositoryIds && !repositoryIds.includes(repositoryId)) throw new SandboxError(404, 'Repository not found.');
  if (permissions.contents === undefined) throw new SandboxError(403, 'Resource not accessible by integration');
}

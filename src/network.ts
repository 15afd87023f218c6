import { readFileSync } from 'node:fs';
import http from 'node:http';
import tls from 'node:tls';
import { isNodeToldOfProxy, type Walls } from './config/env.ts';
import { AppError, describeFileError } from './errors.ts';

/**
 * From now on whatever this process asks over HTTP goes through the proxy, and the named authorities are believed beside the known
 * ones. Node reads NODE_EXTRA_CA_CERTS itself, but not from `.env`, and only warns of a file that it cannot read.
 *
 * @throws AppError CONFIG_INVALID for a file without certificates, and for a proxy on a Node that cannot be told of it
 */
export function joinNetwork({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS }: Walls): void {
  if (NODE_EXTRA_CA_CERTS)
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...readCertificates(NODE_EXTRA_CA_CERTS)]);
  if (!HTTPS_PROXY && !HTTP_PROXY) return;
  // Of Node 24 and newer. An older one can only be told at its start.
  if (typeof http.setGlobalProxyFromEnv === 'function')
    http.setGlobalProxyFromEnv({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY });
  else if (!isNodeToldOfProxy())
    throw new AppError(
      'CONFIG_INVALID',
      `HTTPS_PROXY or HTTP_PROXY is set, and Node ${process.version} uses it only with NODE_USE_ENV_PROXY=1 in the environment (from 22.21 on); Node 24 needs nothing`,
    );
}

function readCertificates(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError('CONFIG_INVALID', `NODE_EXTRA_CA_CERTS ${path}: ${describeFileError(error)}`);
  }
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (!found) throw new AppError('CONFIG_INVALID', `NODE_EXTRA_CA_CERTS: ${path} holds no certificate in PEM format`);
  return found;
}

/** The same for git, as environment variables. It believes one file: all authorities of this process, which is written by `write`. */
export function readGitNetwork(
  { HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS }: Walls,
  write: (text: string) => string,
): Record<string, string> {
  return {
    ...(HTTPS_PROXY && { https_proxy: HTTPS_PROXY }),
    // Curl does not read the name in capitals: a CGI program could be sent it.
    ...(HTTP_PROXY && { http_proxy: HTTP_PROXY }),
    ...(NO_PROXY && { no_proxy: NO_PROXY }),
    ...(NODE_EXTRA_CA_CERTS && { GIT_SSL_CAINFO: write(`${tls.getCACertificates('default').join('\n')}\n`) }),
  };
}

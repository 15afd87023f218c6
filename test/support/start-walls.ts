import 'reflect-metadata';
import { createServer, request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { onTestFinished } from 'vitest';

export interface Walls {
  /** Address of the proxy. */
  proxy: string;
  /** PEM of the authority that signed the hosts' certificate. */
  authority: string;
  /** What the proxy was asked to connect to. */
  asked: string[];
}

/** A company's network: hosts that only a proxy finds, over TLS that only a private authority vouches for. */
export async function startWalls(hosts: Readonly<Record<string, string>>): Promise<Walls> {
  const { authority, certificate, key } = await makeCertificates(Object.keys(hosts));
  const inside = createTlsServer({ key, cert: certificate }, (request, response) => {
    const { host = '' } = request.headers;
    const { hostname, port } = new URL(hosts[host] ?? 'http://127.0.0.1:1');
    const { method, url: path, headers } = request;
    const onward = forward({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await listen(inside);
  const asked: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on('connect', ({ url: target = '' }, socket) => {
    asked.push(target);
    if (!((target.split(':')[0] ?? '') in hosts)) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const onward = connect(portOf(inside), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await listen(proxy);
  return { proxy: `http://127.0.0.1:${portOf(proxy)}`, authority, asked };
}

async function makeCertificates(
  names: readonly string[],
): Promise<{ authority: string; certificate: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const [root, leaf] = await Promise.all(
    [1, 2].map(async () => await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])),
  );
  if (!root || !leaf) throw new Error('no keys');
  const times = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 86_400_000) };
  const authority = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Authority of a company',
    keys: root,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 1, true)],
    ...times,
  });
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=inside',
    issuer: authority.subject,
    publicKey: leaf.publicKey,
    signingKey: root.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value })))],
    ...times,
  });
  const key = await crypto.subtle.exportKey('pkcs8', leaf.privateKey);
  return {
    authority: authority.toString('pem'),
    certificate: certificate.toString('pem'),
    key: PemConverter.encode(key, 'PRIVATE KEY'),
  };
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

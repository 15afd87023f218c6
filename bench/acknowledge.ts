import { createHmac, randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { createNodeMiddleware, Probot } from 'probot';
import { readEnvironment } from '../src/config/env.ts';
import { makeExampleRepository } from '../src/sandbox/demo/make-repository.ts';
import { sandboxCredentials, startApp } from '../src/sandbox/start-app.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import { pullRequestPayload } from '../src/sandbox/webhooks.ts';
import type { Figure } from './figure.ts';
import { median, ms, percentile } from './statistics.ts';

const DELIVERIES = 1000;
const AT_ONCE = 50;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

/** 1,000 deliveries of 100 pull requests, 50 at once, durably, beside a Probot App whose handler does nothing; three rounds in turn. */
export async function benchAcknowledge(dir: string): Promise<Figure[]> {
  const sandbox = await startSandbox();
  await makeExampleRepository(join(dir, 'ack'));
  const repository = sandbox.addRepository('acme', 'shop', join(dir, 'ack'));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x', draft: true });
  const log = pino({ level: 'silent' });
  const credentials = sandboxCredentials(sandbox);
  const env = { ...readEnvironment({}), DATA_DIR: join(dir, 'ack-data'), LOG_LEVEL: 'fatal' as const };
  const service = await startApp(sandbox, env);
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    log,
  });
  const idle = createServer(
    (await createNodeMiddleware((app) => app.on('pull_request', () => undefined), {
      probot,
      webhooksPath: '/hook',
    })) as never,
  );
  await new Promise<void>((resolve) => idle.listen(0, '127.0.0.1', resolve));
  const payloads = Array.from({ length: 100 }, (_, index) =>
    JSON.stringify(
      pullRequestPayload(sandbox.state, sandbox.url, repository, { ...pull, number: index + 100 }, 'opened'),
    ),
  );
  const rounds = { ours: [] as number[], idle: [] as number[] };
  const idlePort = (idle.address() as AddressInfo).port;
  await fire(idlePort, '/hook', payloads, sandbox.webhookSecret, 100);
  await fire(service.port, env.WEBHOOK_PATH, payloads, sandbox.webhookSecret, 100);
  for (let round = 0; round < 3; round++) {
    rounds.idle.push(...(await fire(idlePort, '/hook', payloads, sandbox.webhookSecret, DELIVERIES)));
    rounds.ours.push(...(await fire(service.port, env.WEBHOOK_PATH, payloads, sandbox.webhookSecret, DELIVERIES)));
  }
  idle.close();
  idle.closeAllConnections();
  await service.stop();
  await sandbox.close();
  const ratio = median(rounds.ours) / median(rounds.idle);
  return [
    {
      what: 'acknowledge, median',
      value: ms(median(rounds.ours)),
      beside: `Probot doing nothing ${ms(median(rounds.idle))} (x${ratio.toFixed(1)})`,
      aim: 'x3 or less',
    },
    {
      what: 'acknowledge, p99',
      value: ms(percentile(rounds.ours, 99)),
      beside: `Probot doing nothing ${ms(percentile(rounds.idle, 99))}`,
      aim: 'under 10 s',
    },
  ];
}

async function fire(
  port: number,
  path: string,
  payloads: readonly string[],
  secret: string,
  count: number,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count) {
      const body = payloads[next++ % payloads.length] ?? '';
      const started = performance.now();
      await post(port, path, body, secret);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
  return times;
}

function post(port: number, path: string, body: string, secret: string): Promise<void> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-event': 'pull_request',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method: 'POST', host: '127.0.0.1', headers, agent }, (response) => {
      response
        .resume()
        .on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
        );
    });
    sent.on('error', reject).end(body);
  });
}

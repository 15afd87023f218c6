import { composeService, type Service, type ServiceOptions } from '../compose.ts';
import type { AppCredentials, Environment } from '../config/env.ts';
import { createLog } from '../log.ts';
import type { Sandbox } from './sandbox.ts';

export function sandboxCredentials(sandbox: Sandbox): AppCredentials {
  return {
    appId: sandbox.state.appId,
    privateKey: sandbox.privateKey,
    previousKeys: [],
    webhookSecret: sandbox.webhookSecret,
  };
}

/** The real App in this process on a free port, with a sandbox for GitHub; the sandbox sends its webhooks there. */
export async function startApp(sandbox: Sandbox, own: Environment, options: ServiceOptions = {}): Promise<Service> {
  const env = { ...own, HOST: '127.0.0.1', PORT: 0, GHE_HOST: sandbox.host, GHE_PROTOCOL: 'http' as const };
  const service = await composeService(env, sandboxCredentials(sandbox), createLog(env), 'all', options);
  sandbox.setWebhook(`http://127.0.0.1:${service.port}${env.WEBHOOK_PATH}`);
  return service;
}

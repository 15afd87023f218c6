export interface SmsClient {
  send(to: string, text: string): Promise<void>;
}

export function createSmsClient(url: string, token: string): SmsClient {
  return {
    async send(to, text) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ to, text }),
        signal: AbortSignal.timeout(5_000),
      });
      if (!response.ok) throw new Error(`sms gateway answered ${response.status}`);
    },
  };
}

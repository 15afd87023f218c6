const BASE = process.env.PAYMENTS_URL;

export async function charge(orderId: string, cents: number): Promise<string> {
  const response = await fetch(`${BASE}/charges`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': orderId },
    body: JSON.stringify({ orderId, cents }),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`payments answered ${response.status}`);
  const { id } = await response.json();
  return id;
}

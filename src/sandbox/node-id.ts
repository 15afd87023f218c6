/** Opaque ids as GraphQL uses them; here the kind and the REST id. */
export function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}

/** The REST id inside a node id of a kind; NaN for any other text. */
export function parseNodeId(kind: string, id: unknown): number {
  const [found, number] = Buffer.from(typeof id === 'string' ? id : '', 'base64url')
    .toString('utf8')
    .split(':');
  return found === kind ? Number(number) : Number.NaN;
}

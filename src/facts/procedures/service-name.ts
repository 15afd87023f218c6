import type { Value } from '../../flows/values/value.ts';

/**
 * The service of gRPC that a definition is of, with its package where that is known: `proto.shop.v1.Orders.service` of what a loader
 * made, `OrdersService` of what a generator wrote.
 */
export function serviceNameOf({ name }: Value, text: string): { name: string; whole: boolean } | null {
  const [, full] = /\bloadPackageDefinition\(\)\.([\w.]+)\.service$/.exec(name ?? '') ?? [];
  if (full !== undefined) return { name: full, whole: true };
  const [, loaded, made] = /(?:(\w+)\.service|\b(\w+)Service)$/.exec(text) ?? [];
  const found = loaded ?? made;
  return found === undefined ? null : { name: found, whole: false };
}

import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { HttpError } from '../errors.js';

/** Throws unless the URL is https and every address of its host is a public one. */
export async function assertPublicUrl(text: string): Promise<void> {
  const url = new URL(text);
  if (url.protocol !== 'https:') throw new HttpError(400, 'bad_url', 'Only https is supported');
  const addresses = await lookup(url.hostname.replace(/^\[|\]$/g, ''), { all: true });
  for (const { address } of addresses) {
    if (ipaddr.process(address).range() !== 'unicast') {
      throw new HttpError(400, 'bad_url', 'The host must have a public address');
    }
  }
}

/**
 * A Cisco AMP API credential: static, of one business in one region. There is no exchange and no
 * refresh; a rotated key is a new value of the secret.
 */
import * as z from 'zod';
import { Secret } from '../../kernel/secret.ts';

/** The client id ends at the first colon of what Basic sends (RFC 7617, 2): it can hold none. */
export const AmpCredential = z.strictObject({
  clientId: z
    .string()
    .trim()
    .regex(/^[^:\s]+$/),
  apiKey: z
    .string()
    .trim()
    .min(1)
    .transform((key) => new Secret(key)),
});
export type AmpCredential = z.output<typeof AmpCredential>;

/** Never in the URL, which Cisco's samples show as well: URLs end up in logs. */
export function authorize({ clientId, apiKey }: AmpCredential): Readonly<Record<string, Secret>> {
  const pair = Buffer.from(`${clientId}:${apiKey.reveal()}`).toString('base64');
  return { authorization: new Secret(`Basic ${pair}`) };
}

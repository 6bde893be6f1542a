/**
 * An Automox API key: static, of a user or of the whole account. There is no exchange and no refresh;
 * a rotated key is a new value of the secret.
 */
import * as z from 'zod';
import { Secret } from '../../kernel/secret.ts';

/** Trimmed: a key pasted with its line break would not be a header. */
export const AutomoxCredential = z.strictObject({
  apiKey: z
    .string()
    .trim()
    .min(1)
    .transform((key) => new Secret(key)),
});
export type AutomoxCredential = z.output<typeof AutomoxCredential>;

/** Never `?api_key=`, which Automox takes as well: URLs end up in logs. */
export const authorize = ({ apiKey }: AutomoxCredential): Readonly<Record<string, Secret>> => ({
  authorization: new Secret(`Bearer ${apiKey.reveal()}`),
});

/** The JSON of an account's secret, and what becomes of it in a call. */
import * as z from 'zod';
import { Secret } from '../../../shared/kernel/secret.ts';

/** Trimmed: what is pasted often brings its line break. */
export const TemplateCredential = z.strictObject({
  apiKey: z
    .string()
    .trim()
    .min(1)
    .transform((key) => new Secret(key)),
});
export type TemplateCredential = z.output<typeof TemplateCredential>;

export const authorize = ({ apiKey }: TemplateCredential): Readonly<Record<string, Secret>> => ({
  authorization: new Secret(`Bearer ${apiKey.reveal()}`),
});

/** What `automox.webhooks.ensure` takes, and what it remembers between deliveries. */
import * as z from 'zod';
import { WebhookEventType } from '../webhook-event-type.ts';

const holdsNobody = (url: string): boolean => {
  const { username = '', password = '' } = URL.parse(url) ?? {};
  return username === '' && password === '';
};

const Sendable = z
  .url({ protocol: /^https$/, error: 'must be an https URL: Automox sends to no other' })
  .max(2_048)
  .refine(holdsNobody, 'must hold no user and no password');

export const WebhooksEnsureParams = z
  .strictObject({
    name: z
      .string()
      .regex(/\S/, 'must be the name of the webhook')
      .max(255)
      .describe('Its name, by which it is found.'),
    url: Sendable.describe('Where Automox sends to: the URL of the source.'),
    eventTypes: z
      .array(WebhookEventType)
      .min(1)
      .describe('All that it shall be told of, such as `policy.compliant`.'),
    source: z
      .string()
      .min(1)
      .describe('The webhook source that keeps its secret; `managedBy` must name the account.'),
    rotate: z
      .boolean()
      .default(false)
      .describe('Replace the secret; the one before stays valid at the source.'),
    endOverlap: z
      .boolean()
      .default(false)
      .describe('Make the secret before the last rotation invalid at the source.'),
  })
  .refine(({ rotate, endOverlap }) => !(rotate && endOverlap), {
    path: ['endOverlap'],
    error: 'cannot be true together with rotate, which begins an overlap',
  });
export type WebhooksEnsureParams = z.output<typeof WebhooksEnsureParams>;

export const Checkpoint = z.object({
  run: z.int(),
  /** What is about to be sent, or was; `created`: the create took effect. */
  phase: z.enum(['creating', 'created', 'updating', 'rotating']),
  created: z.boolean(),
  changed: z.array(z.string()),
});
export type Checkpoint = z.output<typeof Checkpoint>;

import * as z from 'zod';

/** AWS services that can put messages on the intake queue in the name of one of their resources. */
export const senderServices = ['events', 'sns', 's3'] as const;
export type SenderService = (typeof senderServices)[number];

/**
 * Who may send jobs besides those whom IAM lets in this account. Whoever is not named is refused by
 * the queue and by the bus.
 */
export const Senders = z.strictObject({
  /** Other AWS accounts: their identities may put jobs on the intake queue and `JobRequested` events. */
  accounts: z
    .array(z.string().regex(/^\d{12}$/, 'must be an AWS account id: 12 digits'))
    .max(50)
    .default([]),
  /** Services that act for resources of this account: event rules, topics, buckets. */
  services: z.array(z.enum(senderServices)).default([...senderServices]),
});
export type Senders = z.infer<typeof Senders>;

import * as z from 'zod';

/**
 * How far a computer is from what a job wants of it:
 * - `there`: it is so · `open`: AMP has to be asked · `asked`: on its way
 * - `hindered`: the opposite is on its way; AMP can be asked once that is over
 * - `impossible`: it will never be so
 */
export const Standing = z.enum(['there', 'open', 'asked', 'hindered', 'impossible']);
export type Standing = z.output<typeof Standing>;

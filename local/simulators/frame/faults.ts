/**
 * Faults on demand: a script says which of the next requests go wrong, and how.
 *
 * `acted` tells whether the vendor carries the request out before it fails: the difference between a
 * request that may be repeated and one whose outcome is uncertain.
 */
import * as z from 'zod';
import { parsePathPattern } from './path-pattern.ts';
import type { WireHead } from './wire.ts';

const status = z.int().min(200).max(599);

export const Fault = z.discriminatedUnion('kind', [
  /** 429 whatever the limits say. Without `retryAfterSeconds` the header is absent. */
  z.strictObject({
    kind: z.literal('throttle'),
    retryAfterSeconds: z.number().optional(),
    retryAfterForm: z.enum(['seconds', 'date']).default('seconds'),
  }),
  /** An error in the vendor's usual envelope. */
  z.strictObject({ kind: z.literal('status'), status, acted: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('html'), status, acted: z.boolean().default(false) }),
  /** Any bytes: a bare string, `null`, JSON of the wrong shape, JSON that stops short. */
  z.strictObject({
    kind: z.literal('raw'),
    body: z.string(),
    status: status.default(200),
    contentType: z.string().default('application/json'),
    acted: z.boolean().default(false),
  }),
  /** The head and half of the true answer, then a broken connection. */
  z.strictObject({ kind: z.literal('half-body') }),
  z.strictObject({ kind: z.literal('cut'), acted: z.boolean().default(true) }),
  /** No answer for as long as the client waits. */
  z.strictObject({ kind: z.literal('silence'), acted: z.boolean().default(true) }),
  /** The true answer, late. */
  z.strictObject({ kind: z.literal('slow'), delayMs: z.number().min(0) }),
  /** Valid JSON of this size, streamed. */
  z.strictObject({ kind: z.literal('huge-body'), bytes: z.int().min(2).default(52_428_800) }),
]);
export type Fault = z.output<typeof Fault>;

export const FaultScript = z.strictObject({
  /** Any method and any path when absent; the path is below the base path, such as `/servers/*`. */
  method: z.string().optional(),
  path: z.string().default('**'),
  /** How many matching requests fail. */
  times: z.int().min(1).default(1),
  /** How many matching requests pass unharmed first. */
  skip: z.int().min(0).default(0),
  fault: Fault,
});
export type FaultScript = z.output<typeof FaultScript>;

export interface Faults {
  /** Throws ZodError on a script that means nothing. */
  add(script: z.input<typeof FaultScript>): void;
  /** The fault that hits this request, spent by asking. The script added first wins. */
  take(head: WireHead, path: string): Fault | undefined;
  /** Scripts with failures left over: a test that ends with any did not see what it scripted. */
  unused(): FaultScript[];
  reset(): void;
}

export function createFaults(): Faults {
  let scripts: (FaultScript & { left: number; toSkip: number })[] = [];
  return {
    add(input) {
      const script = FaultScript.parse(input);
      scripts.push({ ...script, left: script.times, toSkip: script.skip });
    },
    take(head, path) {
      for (const script of scripts) {
        if (script.left === 0 || !hits(script, head.method, path)) continue;
        if (script.toSkip > 0) {
          script.toSkip--;
          continue;
        }
        script.left--;
        return script.fault;
      }
      return undefined;
    },
    unused: () =>
      scripts
        .filter(({ left }) => left > 0)
        .map(({ left, toSkip, ...script }) => ({ ...script, times: left, skip: toSkip })),
    reset: () => {
      scripts = [];
    },
  };
}

const hits = (script: FaultScript, method: string, path: string): boolean =>
  (script.method === undefined || script.method.toUpperCase() === method) &&
  parsePathPattern(script.path).match(path) !== undefined;

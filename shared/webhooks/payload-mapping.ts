/**
 * Turns the payload of a verified webhook into jobs, by an expression from the config: a new source
 * is configuration, not code.
 *
 * Guarantees: compiled once, when the config is read; bounded in steps, time and output; pure; each
 * evaluation has its own budget. What comes back is plain JSON that still has to pass as a job:
 * nothing here knows what a job is.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '../kernel/json.ts';
import { compileMapping, mappingFailure } from './mapping-expression.ts';
import {
  BUDGET,
  createMappingBudget,
  type MappingLimits,
  mappingLimits,
} from './mapping-limits.ts';

/** The document that the expression sees. */
export interface MappingInput {
  readonly payload: Json;
  /** From `safeHeaders`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly source: string;
  readonly deliveryId: string;
  /** ISO 8601. */
  readonly receivedAt: string;
}

export interface PayloadMapping {
  /**
   * The jobs of one delivery; none where the expression gives nothing, which is how a mapping
   * ignores an event. Throws `webhook.mapping-failed`.
   */
  map(input: MappingInput): Promise<readonly JsonObject[]>;
}

export interface PayloadMappingOptions {
  readonly clock?: Clock;
  readonly limits?: Partial<MappingLimits>;
}

export const JOBS_PER_DELIVERY_MAX = 100;

/** Throws `webhook.mapping-failed` for an expression that cannot be compiled. */
export function createPayloadMapping(
  source: string,
  { clock = systemClock, limits: changed = {} }: PayloadMappingOptions = {},
): PayloadMapping {
  const limits = { ...mappingLimits, ...changed };
  const expression = compileMapping(source, limits);

  async function evaluate(input: MappingInput): Promise<unknown> {
    try {
      return await expression.evaluate(input, { [BUDGET]: createMappingBudget(limits, clock) });
    } catch (error) {
      throw mappingFailure(error);
    }
  }

  return { map: async (input) => toJobs(await evaluate(input)) };
}

function toJobs(result: unknown): readonly JsonObject[] {
  if (result === undefined || result === null) return [];
  const items: readonly unknown[] = Array.isArray(result) ? result : [result];
  if (items.length > JOBS_PER_DELIVERY_MAX) {
    const message = `the mapping gave ${items.length} jobs, the most is ${JOBS_PER_DELIVERY_MAX}`;
    throw new SluiceError('webhook.mapping-failed', message);
  }
  return items.map((item, index) => toJob(item, index));
}

function toJob(item: unknown, index: number): JsonObject {
  const job = toPlainJson(item);
  if (!isJsonObject(job)) {
    throw new SluiceError('webhook.mapping-failed', 'the mapping gave something that is no job', {
      fields: [{ field: `[${index}]`, problem: 'must be an object with at least a type' }],
    });
  }
  return job;
}

/** A copy without JSONata's marks on arrays and undefined fields; integers stay exact. */
function toPlainJson(item: unknown): Json | undefined {
  try {
    return parseJson(stringifyJson(item));
  } catch {
    // A function of JSONata holds its whole environment, in a circle.
    return undefined;
  }
}

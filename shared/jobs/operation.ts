import type * as z from 'zod';
import type { Json } from '../kernel/json.ts';
import type { Secret } from '../kernel/secret.ts';

/**
 * May a call be sent again when its answer never came?
 * - `safe`: reads only · `idempotent`: the second time changes nothing more
 * - `reconcile`: look first whether it happened · `once`: never; the job says uncertain
 */
export type RepeatClass = 'safe' | 'idempotent' | 'reconcile' | 'once';

/** One vendor operation, as data: a row of its provider's operation table. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the provider's base URL, with `{name}` for path parameters. */
  readonly path: string;
  /** Budget names the call spends from, scarcest first. */
  readonly budgets: readonly string[];
  readonly repeat: RepeatClass;
  /** What a caller may give each part of the call; strict. A part that is absent takes nothing. */
  readonly params?: OperationParams;
  /** A success may be plain text instead of JSON: the answer's body is then the text. */
  readonly textAnswer?: boolean;
  /** Fields of the answer, at any depth, that nobody gets: what a job never saw it cannot keep. */
  readonly secretFields?: readonly string[];
  /**
   * Fields of the answer, at any depth, that the job alone gets, each as a Secret beside the body: what
   * is kept or shown of an answer is its body.
   */
  readonly sealedFields?: readonly string[];
  readonly source: string;
}

export interface OperationParams {
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
}

type QueryValue = string | number | boolean;

/** One call of an operation. `key` names the step inside the job and is the same at every delivery. */
export interface OperationCall {
  readonly operation: Operation;
  readonly key: string;
  readonly path?: Readonly<Record<string, string | number | bigint>>;
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
  readonly body?: Json;
  /**
   * Of a DELETE that may be repeated: where an earlier sending may have been carried out, a repeat that
   * finds nothing there is answered as `found` instead of failing.
   */
  readonly goneIsDone?: boolean;
  /** Sent as a form instead of JSON; never kept anywhere. */
  readonly form?: Readonly<Record<string, string | Secret>>;
}

import type { JsonObject } from '../kernel/json.ts';

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
  readonly source: string;
}

/** One call of an operation. `key` names the step inside the job and is the same at every delivery. */
export interface OperationCall {
  readonly operation: Operation;
  readonly key: string;
  readonly path?: Readonly<Record<string, string | number | bigint>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: JsonObject;
}

/** What the wire front serves: the model, and the time it lives in. */
import { createSqsModel, type SqsModel, type SqsModelOptions } from './sqs-model.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface SqsService {
  readonly model: SqsModel;
  readonly timers: Timers;
}

export interface SqsServiceOptions extends SqsModelOptions {
  /** The wall clock by default. */
  readonly timers?: Timers;
}

export function createSqsService(options: SqsServiceOptions = {}): SqsService {
  const { timers = systemTimers, ...modelOptions } = options;
  return { model: createSqsModel(modelOptions), timers };
}

/** What the wire front serves: the model, the time it lives in and the faults it is to show. */

import { createSqsModel, type SqsModel, type SqsModelOptions } from './sqs-model.ts';
import { systemTimers, type Timers } from './timers.ts';
import { createSqsFaults, type SqsFaults } from './wire/faults.ts';

export interface SqsService {
  readonly model: SqsModel;
  readonly timers: Timers;
  readonly faults: SqsFaults;
}

export interface SqsServiceOptions extends SqsModelOptions {
  /** The wall clock by default. */
  readonly timers?: Timers;
}

export function createSqsService(options: SqsServiceOptions = {}): SqsService {
  const { timers = systemTimers, ...modelOptions } = options;
  return { model: createSqsModel(modelOptions), timers, faults: createSqsFaults() };
}

import { createAdmission } from '../../../shared/jobs/admission.ts';
import { createBacklog } from '../../../shared/jobs/backlog.ts';
import { createMemoryLaneCounter } from '../../support/memory/memory-lane-counter.ts';
import { createEngine } from './engine.ts';
import { narrow } from './scripted-vendor.ts';

/** 5 a minute in 13 days, by hand. */
export const NARROW_MAX = 93_600;

/** An engine into whose lane jobs are admitted, with so many waiting there. */
export function createFullLane(waiting = NARROW_MAX, budget = narrow) {
  const engine = createEngine();
  const { store, clock } = engine;
  const counter = createMemoryLaneCounter(waiting);
  const backlog = createBacklog({ counter, clock });
  const deps = {
    ...engine.deps,
    admit: createAdmission({ backlog, budgets: [budget], store, clock }),
  };
  return { counter, engine: { ...engine, deps } };
}

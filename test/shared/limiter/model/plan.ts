/** What fast-check varies of a model run; everything finer follows from the plan's own seed. */
import * as fc from 'fast-check';

export interface Plan {
  readonly seed: number;
  /** Each worker's clock minus true time. */
  readonly skewsMs: readonly number[];
  readonly tenants: number;
  readonly arrivals: 'at once' | 'spread' | 'in bursts';
  /** Share of calls whose latency is anything up to the HTTP timeout, or that are never answered. */
  readonly slowShare: number;
  /** Share of tries in which the worker dies, at any of the points of its way. */
  readonly crashShare: number;
  /** Share of store calls that fail, are late, or are applied with their answer lost. */
  readonly storeFaultShare: number;
}

const skewMs = fc.oneof(fc.constantFrom(-250, 0, 250), fc.integer({ min: -250, max: 250 }));

export const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  skewsMs: fc.array(skewMs, { minLength: 1, maxLength: 10 }),
  tenants: fc.integer({ min: 1, max: 4 }),
  arrivals: fc.constantFrom('at once', 'spread', 'in bursts'),
  slowShare: fc.constantFrom(0, 0.02, 0.2),
  crashShare: fc.constantFrom(0, 0.02, 0.15),
  storeFaultShare: fc.constantFrom(0, 0.02, 0.1),
});

/** Ten workers with plenty to do: enough to use up a large limit. */
export const busyPlans: fc.Arbitrary<Plan> = plans.map((plan) => ({
  ...plan,
  skewsMs: [-250, 250, -250, 250, -250, 250, -120, 120, 0, 0],
  arrivals: 'at once',
  slowShare: 0.02,
  crashShare: 0.02,
}));

/** The same under more misfortune: where an unsound rule shows at once. */
export const harshPlans: fc.Arbitrary<Plan> = busyPlans.map((plan) => ({
  ...plan,
  slowShare: 0.2,
  crashShare: 0.15,
}));

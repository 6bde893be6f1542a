/** The limits that OpsRamp documents, as data: requests in any minute, by tenant, category and kind. */
import { minutes } from '../../../shared/kernel/duration.ts';
import type { LimitRule } from '../frame/admission.ts';
import type { WireHead } from '../frame/wire.ts';
import type { Caller } from './credentials.ts';
import { CATEGORIES, type Category, LANE_KINDS, type LaneKind, laneOf } from './lanes.ts';
import type { Tenant } from './world.ts';

type Table = Readonly<Record<Category, Readonly<Record<LaneKind, number>>>>;

const CLIENT: Table = {
  alerts: { get: 500, paged: 50, write: 200 },
  metric: { get: 500, paged: 50, write: 5_000 },
  device: { get: 500, paged: 50, write: 25 },
  tickets: { get: 500, paged: 50, write: 50 },
  other: { get: 500, paged: 50, write: 50 },
};

const PARTNER: Table = {
  alerts: { get: 1_500, paged: 150, write: 600 },
  metric: { get: 1_500, paged: 150, write: 15_000 },
  device: { get: 1_500, paged: 150, write: 75 },
  tickets: { get: 1_500, paged: 150, write: 150 },
  other: { get: 1_500, paged: 150, write: 150 },
};

const SOURCE = 'OpsRamp developer documentation: API overview, Rate limits';

/** "Additional rate limit errors received within one minute of the first error are not processed." */
const LOCK_MS = minutes(1);

export type SpenderOf = (head: WireHead, caller: Caller) => Tenant | undefined;

/** Names are such as `client.alerts.paged`; the scope is the tenant. */
export function opsRampLimits(spenderOf: SpenderOf, scale: number): LimitRule<Caller>[] {
  const placeOf = rememberPlaces(spenderOf);
  const tables = { client: CLIENT, partner: PARTNER };
  return (['client', 'partner'] as const).flatMap((tenantKind) =>
    CATEGORIES.flatMap((category) =>
      LANE_KINDS.map((kind) => {
        const name = `${tenantKind}.${category}.${kind}`;
        return {
          name,
          requests: tables[tenantKind][category][kind],
          windowMs: minutes(1) * scale,
          lockMs: LOCK_MS * scale,
          source: SOURCE,
          scopeOf: (head, caller) => {
            const place = placeOf(head, caller);
            return place?.name === name ? place.tenantId : undefined;
          },
        };
      }),
    ),
  );
}

interface Place {
  readonly name: string;
  readonly tenantId: string;
}

/** Each request is asked about by thirty limits, and falls under one. */
function rememberPlaces(
  spenderOf: SpenderOf,
): (head: WireHead, caller: Caller) => Place | undefined {
  const places = new WeakMap<WireHead, Place | undefined>();
  return (head, caller) => {
    if (!places.has(head)) {
      const tenant = spenderOf(head, caller);
      const { category, kind } = laneOf(head);
      const name = `${tenant?.kind}.${category}.${kind}`;
      places.set(head, tenant && { name, tenantId: tenant.uniqueId });
    }
    return places.get(head);
  };
}

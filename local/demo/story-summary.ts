/** The end of the second act: what each vendor says of the hosts, and whether it is as it should be. */
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { DETECTED_TAG } from './demo-config.ts';
import { type Seen, wayOf } from './observe.ts';
import { DETECTIONS, HOST, OTHER_HOST, type StoryPlan } from './story.ts';
import type { Check } from './summary.ts';
import { table } from './table.ts';
import type { VendorFacts } from './vendor-facts.ts';

export const describeVendors = ({ detections, tagged, alerts }: VendorFacts): string =>
  table(
    ['vendor', 'host', 'what it says itself'],
    [
      ...detections.map(({ host, severity }) => ['amp', host, `threat detected, ${severity}`]),
      ...tagged.map(({ host, tags }) => ['automox', host, `tags: ${tags.join(', ')}`]),
      ...alerts.map(({ host, id, status }) => ['opsramp', host, `alert ${id}: ${status}`]),
    ],
  );

export function checkStory(
  { polls }: StoryPlan,
  seen: Seen,
  unplanned: readonly JobView[],
  { detections, tagged, alerts }: VendorFacts,
): Check[] {
  const rowsOf = polls.map((poll) => {
    const { result } = seen.get(poll) ?? {};
    return result?.kind === 'object' ? result.rows : undefined;
  });
  const own = alerts.filter(({ host }) => host === HOST);
  return [
    {
      text: `both polls told of the same ${DETECTIONS} detections; the severe one made one job of each reaction`,
      holds:
        rowsOf.every((rows) => rows === DETECTIONS) &&
        detections.length === DETECTIONS &&
        !unplanned.some((job) => wayOf(job) === 'reaction'),
    },
    {
      text: `Automox has the tag "${DETECTED_TAG}" on ${HOST} and on no other device`,
      holds: tagged.length === 1 && tagged[0]?.host === HOST,
    },
    {
      text: `OpsRamp has the alert on ${HOST} acknowledged, and none on ${OTHER_HOST} or elsewhere`,
      holds: own.length > 0 && alerts.every((it) => it.acknowledged === (it.host === HOST)),
    },
  ];
}

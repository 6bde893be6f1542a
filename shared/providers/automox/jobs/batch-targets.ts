/** The devices that a batch job acts on, where its caller selects them. */
import type { JobContext } from '../../../jobs/job-type.ts';
import {
  getTargets as getChosen,
  type Selection,
  type SelectPhase,
  selectTargets as select,
} from '../../../jobs/select-targets.ts';
import { readDevice } from '../device.ts';
import { type DeviceSelection, Id, isSelected, selectionQuery } from '../device-selection.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';

const devices = { things: 'devices', Target: Id } as const;

/** The targets of a selection that is over. */
export const getTargets = async (context: JobContext): Promise<readonly number[]> =>
  (await getChosen(context, devices)).targets;

export async function selectTargets(
  context: JobContext,
  selection: DeviceSelection,
  stored: SelectPhase | undefined,
): Promise<readonly number[]> {
  const query = selectionQuery(selection);
  const chosen: Selection<number> = {
    ...devices,
    keyOf: (id) => id,
    pages: (from = 0) =>
      listPages(context, { operation: operations.listServers, key: 'select', query, from }),
    pick(row) {
      const device = readDevice(row);
      return isSelected(selection, device) ? Id.safeParse(device.id).data : undefined;
    },
  };
  return (await select(context, chosen, stored)).targets;
}

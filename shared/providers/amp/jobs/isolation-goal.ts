/**
 * The isolation of a computer: not_isolated → pending_start → isolated → pending_stop → not_isolated.
 * AMP only asks the connector; a machine that is switched off stays pending without limit.
 *
 * The unlock code is never asked for and never kept: what is read here of an answer is its state.
 *
 * source: 'Cisco AMP API v1, observed' for the states and for 409 on a wrong one.
 */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type JsonObject, scalarText } from '../../../kernel/json.ts';
import { dataOf } from '../computer.ts';
import { operations } from '../operations.ts';
import type { Goal } from './converge.ts';
import type { Standing } from './standing.ts';

export type Direction = 'isolate' | 'release';

const standings: Readonly<Record<Direction, ReadonlyMap<string, Standing>>> = {
  isolate: new Map([
    ['isolated', 'there'],
    ['pending_start', 'asked'],
    ['pending_stop', 'hindered'],
    ['not_isolated', 'open'],
  ]),
  release: new Map([
    ['isolated', 'open'],
    ['pending_start', 'hindered'],
    ['pending_stop', 'asked'],
    ['not_isolated', 'there'],
  ]),
};

/** A state of another name is waited for: it may be one more on the way. */
export function isolationStanding(direction: Direction, state: JsonObject): Standing {
  const standing = standings[direction].get(scalarText(state['status'])) ?? 'hindered';
  const ruledOut = direction === 'isolate' && state['available'] === false;
  return standing === 'open' && ruledOut ? 'impossible' : standing;
}

export const operationOf = (direction: Direction) =>
  direction === 'isolate' ? operations.startIsolation : operations.stopIsolation;

export interface IsolationWish {
  readonly direction: Direction;
  readonly comment: string | undefined;
  readonly followMs: number;
}

export function isolationGoal(
  context: JobContext,
  { direction, comment, followMs }: IsolationWish,
): Goal {
  const look = async (guid: string): Promise<Standing> => {
    const operation = operations.getIsolation;
    const { body } = await context.call({ operation, key: `look-${guid}`, path: { guid } });
    return isolationStanding(direction, requireState(dataOf(body)));
  };
  const ask = async (guid: string): Promise<Standing> => {
    const call = {
      operation: operationOf(direction),
      key: `${direction}-${guid}`,
      path: { guid },
      body: comment === undefined ? {} : { comment },
    };
    const tookEffect = async (): Promise<boolean> => ['there', 'asked'].includes(await look(guid));
    const { from, body } = await context.call(call, tookEffect);
    if (from === 'observed') return 'there';
    const state = dataOf(body);
    return state === undefined ? 'asked' : isolationStanding(direction, state);
  };
  return {
    // A row without an isolation is of a connector that knows none: a look says more.
    standingOf: (row) =>
      isJsonObject(row['isolation'])
        ? isolationStanding(direction, row['isolation'])
        : 'impossible',
    look,
    ask: (guid) => ask(guid).catch(explained(() => look(guid))),
    impossible: 'isolation is not available on the computer: its policy or its system rules it out',
    followMs,
  };
}

/** A conflict says only that the state is not the right one: the state says why. */
const explained =
  (look: () => Promise<Standing>) =>
  (error: unknown): Promise<Standing> => {
    if (error instanceof ProviderError && error.code === 'provider.conflict') return look();
    throw error;
  };

function requireState(state: JsonObject | undefined): JsonObject {
  if (typeof state?.['status'] === 'string') return state;
  throw new ProviderError('provider.malformed-answer', 'Cisco AMP answered no isolation');
}

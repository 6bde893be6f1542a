/**
 * One way to use one job type, told so that any suite can run it: how the vendor has to stand for the
 * job to have something to do, and how it stands once the job is done.
 */
import { expect } from 'vitest';
import type { Arrival } from '../../local/simulators/frame/arrival-log.ts';
import type { Simulator } from '../../local/simulators/frame/simulator.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Operation, OperationCall } from '../../shared/jobs/operation.ts';
import type { Json } from '../../shared/kernel/json.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import type { JobHarness } from '../support/job-harness.ts';
import type { VendorBench } from '../support/vendor-bench.ts';

export type JobWorld = VendorBench<Simulator>;

/** Given the vendor in its first state; jobs that the one under test needs run in the harness. */
type Begin<W> = (world: W, harness: JobHarness) => Json | Promise<Json>;

export interface JobTypeCase<W extends JobWorld> {
  readonly type: string;
  /** Tells the cases of one type apart. */
  readonly what?: string;
  /** Makes the vendor ready and gives the parameters. */
  readonly begin: Begin<W>;
  /** Throws unless the vendor and the result are as the job shall leave them. */
  readonly done: (world: W, result: Json) => void;
  /** What another job of the same parameters sends besides reads. */
  readonly again: 'nothing' | 'the same' | 'anew';
  /** Of a job that goes through items: some of them are refused, and the result names those. */
  readonly partial?: { readonly begin: Begin<W>; readonly named: (world: W) => string };
  /** Names of troubles with the very first request that leave nothing to be done. */
  readonly fine?: readonly string[];
}

export interface Played<W extends JobWorld> {
  readonly world: W;
  readonly harness: JobHarness;
  readonly params: Json;
  readonly job: Job;
  /** Null where the job has none. */
  readonly result: Json;
  /** The calls of the job itself, and what arrived of them. */
  readonly calls: readonly OperationCall[];
  readonly arrivals: readonly Arrival[];
}

export interface Play {
  readonly mode?: 'run' | 'observe';
  /** Once all is ready, before the job is submitted. */
  readonly before?: (harness: JobHarness) => void;
}

/** Runs the case from the first state of the vendor to an outcome. */
export async function play<W extends JobWorld>(
  world: W,
  { type, begin }: Pick<JobTypeCase<W>, 'type' | 'begin'>,
  { mode = 'run', before }: Play = {},
): Promise<Played<W>> {
  const harness = world.begin();
  const params = await begin(world, harness);
  const [arrived, called] = [world.simulator.arrivals.length, harness.calls.length];
  before?.(harness);
  const job = await harness.run(type, params, { mode });
  return {
    ...{ world, harness, params, job },
    result: await harness.result(job),
    calls: harness.calls.slice(called).filter(isOwn),
    arrivals: world.simulator.arrivals.slice(arrived),
  };
}

/** The call that gives a token belongs to the credential, not to the job. */
const isOwn = ({ form }: OperationCall): boolean => form === undefined;

export const isWrite = ({ operation }: OperationCall): boolean => operation.repeat !== 'safe';

/** A vendor that was asked twice may have acted twice. */
export const mustNotRepeat = ({ repeat }: Operation): boolean =>
  repeat === 'once' || repeat === 'reconcile';

/** By the vendor's own log: nothing that must not be repeated took effect twice. */
export function assertOnce(
  { provider, simulator }: JobWorld,
  arrivals: readonly Arrival[] = simulator.arrivals,
): void {
  const effects = arrivals
    .filter((it) => it.effects > 0)
    .filter((it) => mustNotRepeat(operationOf(provider, simulator.basePath, it)))
    .map(({ method, path, bodyDigest }) => `${method} ${path} ${bodyDigest}`);
  expect(effects).toEqual([...new Set(effects)]);
}

/** The row of the table whose call this is; of two that fit, the one with fewer holes. */
export function operationOf(
  { operations }: Provider,
  basePath: string,
  { method, path }: Pick<Arrival, 'method' | 'path'>,
): Operation {
  const holes = (it: Operation): number => it.path.split('{').length;
  const [found] = Object.values(operations)
    .filter((it) => it.method === method && patternOf(basePath + it.path).test(path))
    .sort((a, b) => holes(a) - holes(b));
  if (found) return found;
  throw new RangeError(`${method} ${path} is no call of the table`);
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

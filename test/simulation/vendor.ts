/**
 * The vendor: the Automox simulator for what it does, and in front of it a counter that refuses by the
 * plan's rule, counts at the plan's moment and fails as the plan says. The simulator's own limits are
 * switched off: what is promised must hold for each rule.
 */
import { createAutomoxSimulator } from '../../local/simulators/automox/automox-simulator.ts';
import type { InProcessRequest, WireAnswer } from '../../local/simulators/frame/wire.ts';
import type { Fates } from './fates.ts';
import type { BudgetName, VendorFault } from './plan.ts';
import { createTally } from './tally.ts';
import type { World } from './world.ts';

export const ORG = 9237;
export const FIRST_KEY = 'canary-key-first';
export const SECOND_KEY = 'canary-key-second';

/** Windows so short that the simulator's own counter never refuses. */
const NO_LIMITS = 1e-9;
const DEVICES = 20;

export interface SimulatedVendor {
  readonly simulator: ReturnType<typeof createAutomoxSimulator>;
  /** One request of ours, as it reaches the vendor. */
  arrive(request: InProcessRequest, number: number): Promise<WireAnswer>;
  /** How often each thing was done, by what it is: `run 77/1001`. */
  readonly effects: ReadonlyMap<string, number>;
  /** How long the answer to that request said that its budget is stopped, if it did. */
  revokeFirstKey(): void;
}

export function createVendor(world: World, fates: Fates): SimulatedVendor {
  const { clock, plan, oracle, trace } = world;
  const simulator = createAutomoxSimulator({
    clock,
    fleet: { devices: DEVICES },
    keys: { [FIRST_KEY]: { accountId: 'acme', orgs: [ORG] } },
    windowScale: NO_LIMITS,
    // Most devices of a chunk do not exist; its job claims to have succeeded all the same.
    settings: { absentDevicesFail: false },
  });
  simulator.keys.add(SECOND_KEY, { accountId: 'acme', orgs: [ORG] });
  const tally = createTally(plan.vendor.counting, clock.nowMs);
  const effects = new Map<string, number>();
  for (const fault of plan.faults) {
    if (fault.kind === 'foreign')
      world.at(fault.atMs, () => tally.spend(fault.budget, fault.calls));
  }

  async function arrive(request: InProcessRequest, number: number): Promise<WireAnswer> {
    const budget = budgetOf(request);
    const workMs = 5 + world.random() * 40;
    if (plan.vendor.countsAt === 'completion') await clock.sleep(workMs);
    if (budget) oracle.counted(budget);
    const wait = budget === undefined ? 0 : tally.take(budget);
    trace.add(
      'vendor',
      () => `${request.method} ${request.path}${wait > 0 ? ' is one too many' : ''}`,
    );
    if (wait > 0) return refusal(plan.vendor.retryAfter, wait, clock.nowMs());
    const fault = fates.vendorFault(number);
    if (fault) trace.add('vendor', () => `fails: ${JSON.stringify(fault)}`);
    const answer = fault ? failing(fault, () => act(request), clock.nowMs()) : act(request);
    if (plan.vendor.countsAt === 'arrival') await clock.sleep(workMs);
    return answer;
  }

  function act(request: InProcessRequest): WireAnswer {
    const answer = simulator.handle(request);
    const done = (simulator.arrivals.at(-1)?.effects ?? 0) > 0;
    const what = done ? effectOf(request) : undefined;
    if (what !== undefined) effects.set(what, (effects.get(what) ?? 0) + 1);
    return answer;
  }

  return { simulator, effects, arrive, revokeFirstKey: () => simulator.keys.revoke(FIRST_KEY) };
}

const API = '/api';

export function budgetOf({ method, path }: InProcessRequest): BudgetName | undefined {
  if (method === 'POST' && path === `${API}/servers/batch`) return 'servers.batch';
  return method === 'GET' && path === `${API}/servers` ? 'servers.list' : undefined;
}

/** What a write did, where doing it twice would be a fault. */
function effectOf({ method, path, body }: InProcessRequest): string | undefined {
  if (method !== 'POST') return undefined;
  const said = JSON.parse(Buffer.from(body ?? []).toString() || '{}');
  const [, thing, id, part] = path.slice(API.length).split('/');
  if (thing === 'policies' && part === 'action') return `run ${id}/${said.serverId}`;
  if (thing === 'servers' && part === 'queues') return `command ${id}`;
  return thing === 'servergroups' ? `group ${said.name}` : undefined;
}

function refusal(form: 'seconds' | 'date' | 'absent', waitMs: number, nowMs: number): WireAnswer {
  const seconds = Math.ceil(waitMs / 1_000);
  const date = new Date(nowMs + seconds * 1_000).toUTCString();
  const header = { seconds: String(seconds), date, absent: undefined }[form];
  return whole(429, header === undefined ? {} : { 'retry-after': header });
}

const whole = (status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from('{"errors":["no"]}'),
  delivery: 'whole',
  delayMs: 0,
});

function failing(fault: VendorFault, act: () => WireAnswer, nowMs: number): WireAnswer {
  switch (fault.kind) {
    case 'throttle': {
      const { retryAfterSeconds: seconds, form } = fault;
      if (seconds === undefined) return whole(429);
      const date = new Date(nowMs + seconds * 1_000).toUTCString();
      return whole(429, { 'retry-after': form === 'date' ? date : String(seconds) });
    }
    case 'status':
      if (fault.acted) act();
      return whole(fault.status);
    case 'html':
      if (fault.acted) act();
      return { ...whole(502), headers: { 'content-type': 'text/html' }, body: Buffer.from('<p>') };
    case 'silence':
      if (fault.acted) act();
      return { ...whole(200), delivery: 'never' };
    case 'cut':
      if (fault.acted) act();
      return { ...whole(200), delivery: 'cut' };
    case 'half-body':
      return { ...act(), delivery: 'half' };
  }
}

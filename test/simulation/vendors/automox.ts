/** Automox: an API key, a limit of five writes a minute, and no word in its answers of how that stands. */
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import type { InProcessRequest } from '../../../local/simulators/frame/wire.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import type { Work } from '../plan.ts';
import {
  bodyOf,
  isMade,
  NO_LIMITS,
  pickOf,
  type VendorFacts,
  type WorkOf,
} from './vendor-facts.ts';

const ORG = 9237;
const FIRST_KEY = 'canary-key-first';
const SECOND_KEY = 'canary-key-second';
const DEVICES = 20;
const CHUNK_DEVICES = 500;
const CHUNKS = 3;
const API = '/api';

export const automoxFacts: VendorFacts = {
  account: { provider: 'automox', organizationId: ORG },
  limits: {
    'servers.batch': { requests: 5, windowMs: minutes(1) },
    'servers.list': { requests: 29, windowMs: minutes(1) },
  },
  configured: [],
  workKinds: [
    ...['tag', 'tag', 'tag', 'tag', 'tag', 'chunks', 'list'],
    ...['run', 'run', 'command', 'group'],
  ],
  secrets: [{ apiKey: FIRST_KEY }, { apiKey: SECOND_KEY }],
  canaries: [FIRST_KEY, SECOND_KEY],
  givesTokens: false,
  open({ clock }) {
    const simulator = createAutomoxSimulator({
      clock,
      fleet: { devices: DEVICES },
      keys: { [FIRST_KEY]: { accountId: 'acme', orgs: [ORG] } },
      windowScale: NO_LIMITS,
      // Most devices of a chunk do not exist; its job claims to have succeeded all the same.
      settings: { absentDevicesFail: false },
    });
    simulator.keys.add(SECOND_KEY, { accountId: 'acme', orgs: [ORG] });
    const { devices, policies } = simulator.org(ORG);
    const [policyId = 0] = policies.keys();
    const deviceOf = (name: number): number => pickOf(devices.keys(), name);
    const isTagged = (id: number, tag: string): boolean =>
      devices.get(id)?.tags.includes(tag) ?? false;

    const tagging = ({ name }: Work, params: readonly number[], told: readonly number[]) => ({
      type: 'automox.servers.batch',
      params: {
        devices: params,
        actions: [{ attribute: 'tags', action: 'apply', value: [`tag-${name}`] }],
      },
      onceOnly: [],
      isDone: () => told.every((id) => isTagged(id, `tag-${name}`)),
    });
    const works: Readonly<Record<string, WorkOf>> = {
      tag: (work) => tagging(work, [deviceOf(work.name)], [deviceOf(work.name)]),
      /** One device that exists at the head of each call, and 499 that do not. */
      chunks(work) {
        const heads = Array.from({ length: CHUNKS }, (_, chunk) => deviceOf(work.name + chunk));
        const fill = (chunk: number): number[] =>
          Array.from({ length: CHUNK_DEVICES - 1 }, (_, n) => 1 + chunk * CHUNK_DEVICES + n);
        return tagging(
          work,
          heads.flatMap((head, chunk) => [head, ...fill(chunk)]),
          heads,
        );
      },
      list: () => ({
        type: 'automox.servers.query',
        params: {},
        onceOnly: [],
        isDone: () => true,
        rows: DEVICES,
      }),
      run({ name }, effects) {
        const onceOnly = [`run ${policyId}/${deviceOf(name)}`];
        // Named twice, and to be run once.
        const params = { policyId, devices: [deviceOf(name), deviceOf(name)] };
        return { type: 'automox.policy.run', params, onceOnly, isDone: isMade(effects, onceOnly) };
      },
      command({ name }, effects) {
        const onceOnly = [`command ${deviceOf(name)}`];
        const params = { devices: [deviceOf(name)], command: 'Reboot' };
        return {
          type: 'automox.server.command',
          params,
          onceOnly,
          isDone: isMade(effects, onceOnly),
        };
      },
      group({ name }, effects) {
        const onceOnly = [`group group ${name}`];
        const params = { name: `group ${name}` };
        return {
          type: 'automox.groups.ensure',
          params,
          onceOnly,
          isDone: isMade(effects, onceOnly),
        };
      },
    };
    return {
      simulator,
      budgetOf,
      effectOf,
      works,
      rateHeaders: () => ({}),
      revokeFirstSecret: () => simulator.keys.revoke(FIRST_KEY),
      expireTokens: () => {},
      tokenIn: () => undefined,
    };
  },
};

function budgetOf({ method, path }: InProcessRequest): string | undefined {
  if (method === 'POST' && path === `${API}/servers/batch`) return 'servers.batch';
  return method === 'GET' && path === `${API}/servers` ? 'servers.list' : undefined;
}

function effectOf(request: InProcessRequest): string | undefined {
  if (request.method !== 'POST') return undefined;
  const [, thing, id, part] = request.path.slice(API.length).split('/');
  if (thing === 'policies' && part === 'action') return `run ${id}/${bodyOf(request)['serverId']}`;
  if (thing === 'servers' && part === 'queues') return `command ${id}`;
  return thing === 'servergroups' ? `group ${bodyOf(request)['name']}` : undefined;
}

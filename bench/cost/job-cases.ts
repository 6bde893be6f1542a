/** The jobs whose costs are counted. Each has the limits of an account for itself, so that none waits. */
export interface JobCase {
  readonly name: string;
  readonly account: keyof typeof accounts;
  /** How it comes in: `POST /jobs`, or a message on the intake queue. */
  readonly way: 'http' | 'queue';
  /** Of a device of the account, or a computer. */
  readonly request: (target: number | string) => { readonly type: string; readonly params: object };
}

export const accounts = {
  acme: { provider: 'automox', organizationId: 9237 },
  umbrella: { provider: 'automox', organizationId: 9238 },
  globex: { provider: 'amp', region: 'nam' },
} as const;

const tag = (device: number | string) => ({
  type: 'automox.servers.batch',
  params: {
    devices: [device],
    actions: [{ attribute: 'tags', action: 'apply', value: ['counted'] }],
  },
});

export const jobCases: readonly JobCase[] = [
  { name: 'tag devices', account: 'acme', way: 'http', request: tag },
  { name: 'tag devices', account: 'umbrella', way: 'queue', request: tag },
  {
    name: 'list 1,200 devices',
    account: 'acme',
    way: 'http',
    request: () => ({ type: 'automox.servers.query', params: {} }),
  },
  {
    name: 'isolate a computer',
    account: 'globex',
    way: 'http',
    request: (computer) => ({
      type: 'amp.computer.isolate',
      params: { computers: [computer], followForMinutes: 0 },
    }),
  },
];

export const DEVICES = 1_200;

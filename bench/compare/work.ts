/** The vendor call that each job makes once: a tag for one device, by which the job is known. */

/** The organization that the simulated Automox has from the start. */
export const ORGANIZATION_ID = 9237;

export const OPERATION = 'POST /servers/batch';

export const batchParams = (device: number, key: string) => ({
  devices: [device],
  actions: [{ attribute: 'tags', action: 'apply', value: [key] }],
});

/** The body of a call, to the letter: Sluice sends its parameters as they are. */
export const batchBody = (device: number, key: string): string =>
  JSON.stringify(batchParams(device, key));

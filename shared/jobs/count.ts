/** `1 device`, `1,500 devices`: for the sentences that sum a job up. */
export const count = (n: number, thing: string): string =>
  `${n.toLocaleString('en-US')} ${thing}${n === 1 ? '' : 's'}`;

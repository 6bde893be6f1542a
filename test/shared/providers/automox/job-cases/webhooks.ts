/** A webhook whose secret a source of the account keeps. */
import { expect } from 'vitest';
import { ENSURE, theWebhook, wanted } from '../jobs/webhook-bench.ts';
import type { AutomoxCase } from './case.ts';

export const webhookCases: readonly AutomoxCase[] = [
  {
    type: ENSURE,
    begin: () => wanted,
    done(console, result) {
      expect(theWebhook(console)).toMatchObject({ url: wanted.url, enabled: true });
      expect(result).toMatchObject({ created: true });
    },
    again: 'nothing',
  },
];

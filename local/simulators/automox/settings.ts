import { seconds } from '../../../shared/kernel/duration.ts';

/** What is unknown of the vendor, or changes from day to day, and a test may want either way. */
export interface AutomoxSettings {
  /** Whether a 429 names its wait. */
  readonly retryAfter: boolean;
  /** What `POST /policies` answers besides 201. */
  readonly createdPolicyBody: 'empty' | '{}';
  /** From the answer of `POST /servers/batch` until its tags show. */
  readonly batchDelayMs: number;
  /** Whether its `failed_jobs` counts devices that there are none of; no document says it. */
  readonly absentDevicesFail: boolean;
  /** From the queueing of a command until a connected device answered it. */
  readonly commandDelayMs: number;
  /** From the start of a policy run until its history is complete. */
  readonly policyRunDelayMs: number;
  /** An extract is queued, running and complete, this long each, and then expires. */
  readonly extractStepMs: number;
  /** Webhooks on one page of their listing. */
  readonly webhookPageRows: number;
}

export const defaultSettings: AutomoxSettings = {
  retryAfter: true,
  createdPolicyBody: 'empty',
  batchDelayMs: seconds(2),
  absentDevicesFail: true,
  commandDelayMs: seconds(5),
  policyRunDelayMs: seconds(5),
  extractStepMs: seconds(10),
  webhookPageRows: 2,
};

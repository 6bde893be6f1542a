import type { Log } from '../../../shared/lambda/log.ts';

export interface RecordingLog extends Log {
  /** Messages of warnings and errors, in order. */
  readonly complaints: readonly string[];
}

export function createRecordingLog(): RecordingLog {
  const complaints: string[] = [];
  const complain = (message: string): void => {
    complaints.push(message);
  };
  return { complaints, info: () => {}, warn: complain, error: complain };
}

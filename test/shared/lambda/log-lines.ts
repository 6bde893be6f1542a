import { vi } from 'vitest';
import type { Log } from '../../../shared/lambda/log.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [fact: string]: unknown;
}

/** Everything that this process writes to its output from now on, one parsed line a log call. */
export function captureLogLines(): { readonly text: () => string; lines(): readonly LogLine[] } {
  const written: string[] = [];
  const write = (chunk: unknown): boolean => {
    written.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  const text = (): string => written.join('');
  return {
    text,
    lines: () =>
      text()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
  };
}

export interface MemoryLog extends Log {
  readonly lines: readonly LogLine[];
}

/** A log that keeps what it is told. */
export function createMemoryLog(): MemoryLog {
  const lines: LogLine[] = [];
  const at =
    (level: string): Log['info'] =>
    (message, facts = {}) => {
      lines.push({ ...facts, level, message });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

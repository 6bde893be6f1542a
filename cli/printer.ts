/** Writes for people or for machines: data on stdout, talk on stderr. */
import { styleText } from 'node:util';
import { stringifyJson } from '../shared/kernel/json.ts';
import type { Io } from './io.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export interface Printer {
  /** The person asked for machine output. */
  readonly json: boolean;
  /** One line, or several, of data. */
  data(...lines: readonly string[]): void;
  /** One JSON document on one line of stdout. */
  document(value: unknown): void;
  talk(line: string): void;
  /** `text` in a style, where stdout is a terminal that may be coloured (https://no-color.org). */
  paint(style: Style, text: string): string;
}

export function createPrinter(io: Io, json: boolean): Printer {
  const { stdout, stderr, env, terminalColumns } = io;
  const coloured = terminalColumns !== undefined && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    json,
    data: (...lines) => void stdout.write(lines.map((line) => `${line}\n`).join('')),
    document: (value) => void stdout.write(`${stringifyJson(value)}\n`),
    talk: (line) => void stderr.write(`${line}\n`),
    paint: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** Text from elsewhere without control characters, which could move the cursor or fake a line. */
export const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

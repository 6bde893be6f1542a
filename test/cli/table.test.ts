import { describe, expect, it } from 'vitest';
import { alignColumns } from '../../cli/table.ts';

describe('a table', () => {
  it('aligns its columns and leaves no blanks at the ends of lines', () => {
    const rows = [
      ['ID', 'STATUS', ''],
      ['job_1', 'queued', ''],
      ['j', 'ok', 'x'],
    ];
    expect(alignColumns(rows, ' ')).toEqual([
      ' ID     STATUS',
      ' job_1  queued',
      ' j      ok      x',
    ]);
  });

  it('gives colours no room', () => {
    const red = '\u001b[31mfailed\u001b[39m';
    expect(
      alignColumns([
        [red, 'a'],
        ['queued', 'b'],
      ]),
    ).toEqual([`${red}  a`, 'queued  b']);
  });
});

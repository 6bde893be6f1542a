import { stripVTControlCharacters } from 'node:util';

const GAP = '  ';

/** Rows as lines of aligned columns; the last column is as long as it is. */
export function alignColumns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, visibleLength(cell));
    }
  }
  return rows.map((row) => {
    const cells = row.map(
      (cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell)),
    );
    return `${indent}${cells.join(GAP)}`.trimEnd();
  });
}

/** Colours take no room. */
const visibleLength = (cell: string): number => stripVTControlCharacters(cell).length;

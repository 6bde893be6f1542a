/** The little Markdown that the generated pages are made of. */

export const code = (text: string): string => `\`${text}\``;

export const codeList = (texts: readonly string[]): string => texts.map(code).join(', ');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');

/** A cell ends at a bar, and a row at a line break. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

/** Blocks with an empty line between them. */
export const page = (blocks: readonly string[]): string => `${blocks.join('\n\n')}\n`;

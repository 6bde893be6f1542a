/** As much of SVG as the plots need. Every figure is rounded, so that a plot's bytes are stable. */

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly weight?: 'bold';
}

export const svgDocument = (
  width: number,
  height: number,
  title: string,
  parts: readonly string[],
): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');

export const text = (x: number, y: number, content: string, style: TextStyle = {}): string =>
  `<text x="${round(x)}" y="${round(y)}" font-family="sans-serif" font-size="${style.size ?? 11}"` +
  ` text-anchor="${style.anchor ?? 'start'}"${style.weight ? ` font-weight="${style.weight}"` : ''}` +
  ` fill="#24292f">${escapeXml(content)}</text>`;

export const rectangle = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;

export const line = (
  points: readonly (readonly [x: number, y: number])[],
  stroke: string,
  dashed = false,
): string =>
  `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="none"` +
  ` stroke="${stroke}" stroke-width="1.5"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`;

export const dot = (x: number, y: number, fill: string): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${fill}"/>`;

export const escapeXml = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const round = (value: number): number => Math.round(value * 10) / 10;

/** Apart also to those who see few colours. */
export const palette = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
];
export const GRID = '#d0d7de';
export const OVER = '#d55e00';
export const WITHIN = '#0072b2';

/**
 * Paths with holes: `/servers/:id` has one named segment, `*` stands for any one segment and a final
 * `**` for whatever follows.
 */
export type PathMatch = Readonly<Record<string, string>>;

export interface PathPattern {
  readonly holes: number;
  /** The named segments, decoded; undefined when the path is another one. */
  match(path: string): PathMatch | undefined;
}

export function parsePathPattern(pattern: string): PathPattern {
  const wanted = segments(pattern);
  const open = wanted.at(-1) === '**';
  const fixed = open ? wanted.slice(0, -1) : wanted;
  return {
    holes: wanted.filter((segment) => segment.startsWith(':') || segment.startsWith('*')).length,
    match(path) {
      const given = segments(path);
      if (open ? given.length < fixed.length : given.length !== fixed.length) return undefined;
      const named: Record<string, string> = {};
      for (const [index, segment] of fixed.entries()) {
        const value = given[index] ?? '';
        if (segment.startsWith(':')) named[segment.slice(1)] = decode(value);
        else if (segment !== '*' && segment !== value) return undefined;
      }
      return named;
    },
  };
}

const segments = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

/** A segment with a broken percent sign names nothing, but must not break the simulator. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

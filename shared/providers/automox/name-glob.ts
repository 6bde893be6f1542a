/**
 * Matches a name against a pattern with `*` (any characters, also none) and `?` (one). Case does not
 * matter, as it does not in host names. Linear but for one star at a time: no pattern is slow.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  const wanted = [...pattern.toLowerCase()];
  const given = [...name.toLowerCase()];
  let at = 0;
  let star: { readonly after: number; from: number } | undefined;
  for (let index = 0; index < given.length; ) {
    if (wanted[at] === '*') {
      at += 1;
      star = { after: at, from: index };
    } else if (wanted[at] === '?' || wanted[at] === given[index]) {
      at += 1;
      index += 1;
    } else if (star) {
      // The last star takes one character more.
      star.from += 1;
      index = star.from;
      at = star.after;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((rest) => rest === '*');
}

import { findNearest } from './find-nearest.ts';

/** The command line is wrong. The message names the option or command, and the remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** ` Did you mean "jobs"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[], prefix = ''): string {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? '' : ` Did you mean "${prefix}${nearest}"?`;
}

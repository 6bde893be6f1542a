/** A change of some text of a file, planted to see which test notices. */
import { readFileSync } from 'node:fs';

export interface Change {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** The file as it is with the change. Throws where the change does not fit the file. */
export function changedText({ file, find, replace }: Change): string {
  const parts = readFileSync(file, 'utf8').split(find);
  if (parts.length === 2 && replace !== find) return parts.join(replace);
  throw new RangeError(`"${find}" stands ${parts.length - 1} times in ${file}`);
}

/**
 * What happens next: items by instant, the earliest first, equal instants in order of insertion.
 *
 * An entry knows its place, so that taking out or moving any entry costs O(log n) and nothing stale
 * is left behind: `first()` is exactly the next change.
 */
export interface InstantEntry<T> {
  readonly item: T;
  readonly atMs: number;
  readonly serial: number;
  position: number;
}

export interface InstantHeap<T> {
  readonly size: number;
  add(item: T, atMs: number): InstantEntry<T>;
  remove(entry: InstantEntry<T>): void;
  first(): InstantEntry<T> | undefined;
  /** Takes out the first entry if it is due at `nowMs`. */
  takeDue(nowMs: number): T | undefined;
}

const GONE = -1;

export function createInstantHeap<T>(): InstantHeap<T> {
  const entries: InstantEntry<T>[] = [];
  let serial = 0;

  const remove = (entry: InstantEntry<T>): void => {
    const { position } = entry;
    if (position === GONE) return;
    entry.position = GONE;
    const last = entries.pop();
    if (last === undefined || last === entry) return;
    place(entries, last, position);
    siftUp(entries, last);
    siftDown(entries, last);
  };

  return {
    get size() {
      return entries.length;
    },
    add(item, atMs) {
      serial += 1;
      const entry: InstantEntry<T> = { item, atMs, serial, position: entries.length };
      entries.push(entry);
      siftUp(entries, entry);
      return entry;
    },
    remove,
    first: () => entries[0],
    takeDue(nowMs) {
      const first = entries[0];
      if (first === undefined || first.atMs > nowMs) return undefined;
      remove(first);
      return first.item;
    },
  };
}

const isBefore = <T>(a: InstantEntry<T>, b: InstantEntry<T>): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.serial < b.serial);

function place<T>(entries: InstantEntry<T>[], entry: InstantEntry<T>, position: number): void {
  entries[position] = entry;
  entry.position = position;
}

function siftUp<T>(entries: InstantEntry<T>[], entry: InstantEntry<T>): void {
  while (entry.position > 0) {
    const free = entry.position;
    const parent = entries[(free - 1) >> 1];
    if (parent === undefined || !isBefore(entry, parent)) return;
    place(entries, entry, parent.position);
    place(entries, parent, free);
  }
}

function siftDown<T>(entries: InstantEntry<T>[], entry: InstantEntry<T>): void {
  for (;;) {
    const free = entry.position;
    const left = entries[2 * free + 1];
    const right = entries[2 * free + 2];
    const child = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
    if (child === undefined || !isBefore(child, entry)) return;
    place(entries, entry, child.position);
    place(entries, child, free);
  }
}

/** A doubly linked list: append, take out anywhere and walk from the front, each step in O(1). */
export interface ListNode<T> {
  readonly item: T;
  previous: ListNode<T> | undefined;
  next: ListNode<T> | undefined;
}

export class LinkedList<T> {
  #first: ListNode<T> | undefined;
  #last: ListNode<T> | undefined;

  get first(): ListNode<T> | undefined {
    return this.#first;
  }

  append(item: T): ListNode<T> {
    const node: ListNode<T> = { item, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = node;
    else this.#last.next = node;
    this.#last = node;
    return node;
  }

  /** `node` must be a node of this list. */
  remove(node: ListNode<T>): void {
    if (node.previous === undefined) this.#first = node.next;
    else node.previous.next = node.next;
    if (node.next === undefined) this.#last = node.previous;
    else node.next.previous = node.previous;
  }
}

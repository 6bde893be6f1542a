import type { WireResponse } from './wire.ts';

/** Thrown by the parts of a route that read its input: ends the request with this answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly response: WireResponse;

  constructor(response: WireResponse) {
    super(`the simulated vendor answers ${response.status}`);
    this.response = response;
  }
}

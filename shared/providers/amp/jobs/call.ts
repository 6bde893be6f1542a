/** `amp.call`: any one operation of the table. */
import { createCallType } from '../../call-operation.ts';
import { operations } from '../operations.ts';

export const call = createCallType({
  provider: 'amp',
  vendor: 'Cisco AMP',
  operations,
  budget: 'account',
  example: { operation: 'computers.list', query: { limit: 50, 'hostname[]': ['web-01'] } },
});

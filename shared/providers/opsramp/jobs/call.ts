/** `opsramp.call`: any one operation of the table. */
import { createCallType } from '../../call-operation.ts';
import { operations } from '../operations.ts';

export const call = createCallType({
  provider: 'opsramp',
  vendor: 'OpsRamp',
  operations,
  budget: 'other.get',
  example: { operation: 'alerts.get', path: { id: '389547' } },
});

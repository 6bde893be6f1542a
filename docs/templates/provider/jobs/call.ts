/** `template.call`: any one operation of the table. */
import { createCallType } from '../../../../shared/providers/call-operation.ts';
import { operations } from '../operations.ts';

export const call = createCallType({
  provider: 'template',
  vendor: 'Template',
  operations,
  budget: 'account',
  example: { operation: 'things.list', query: { limit: 10 } },
});

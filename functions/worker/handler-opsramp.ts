import { opsramp } from '../../shared/providers/opsramp/opsramp.ts';
import { createWorkerHandler } from './create-worker-handler.ts';

export const handler = createWorkerHandler(opsramp);

import { amp } from '../../shared/providers/amp/amp.ts';
import { createWorkerHandler } from './create-worker-handler.ts';

export const handler = createWorkerHandler(amp);

import { automox } from '../../shared/providers/automox/automox.ts';
import { createWorkerHandler } from './create-worker-handler.ts';

export const handler = createWorkerHandler(automox);

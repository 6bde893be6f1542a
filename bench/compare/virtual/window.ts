import { minutes } from '../../../shared/kernel/duration.ts';

/** The window of Automox's batch limit: in virtual time nothing is scaled. */
export const WINDOW_MS = minutes(1);

import { seconds } from '../../../shared/kernel/duration.ts';

/**
 * A thirtieth of Automox's minute, so that a run in real time ends. It is not the same to every row:
 * allowances that are absolute (Sluice's clock allowance, BullMQ's lock) weigh thirty times as much.
 */
export const WINDOW_MS = seconds(2);
export const WINDOW_SCALE = 1 / 30;

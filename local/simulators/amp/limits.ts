/** The limits of the API, as data. What is not certain of them is read from the settings. */
import { hours } from '../../../shared/kernel/duration.ts';
import type { LimitRule } from '../frame/admission.ts';
import type { Caller } from './credentials.ts';
import type { AmpSettings } from './settings.ts';

/** `scale` multiplies the hour, so that a test on real sockets need not wait for it. */
export function ampLimits(settings: AmpSettings, scale: number): LimitRule<Caller>[] {
  const hourly = (
    rule: Pick<LimitRule<Caller>, 'name' | 'source' | 'scopeOf'>,
  ): LimitRule<Caller> => ({
    ...rule,
    windowMs: hours(1) * scale,
    get requests() {
      return settings.limit;
    },
    get anchored() {
      return settings.window === 'anchored';
    },
  });
  return [
    hourly({
      name: 'business',
      source: 'Cisco AMP for Endpoints API: Rate Limits; X-RateLimit-Limit, observed',
      scopeOf: (_head, { business, clientId }) =>
        business === undefined || settings.countedBy === 'business' ? business : clientId,
    }),
    hourly({
      name: 'rejected',
      source: 'Cisco AMP for Endpoints API, observed: a rejected credential has its own counter',
      scopeOf: (head, { business, clientId }) =>
        business === undefined ? (clientId ?? head.ip) : undefined,
    }),
  ];
}

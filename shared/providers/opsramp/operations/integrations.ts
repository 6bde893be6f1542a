/** Installed integrations and the events that they send. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { Fields, hiding, list, post, Text } from './rows.ts';

const INTEGRATIONS = `${TENANT}/integrations`;
const ONE = `${INTEGRATIONS}/installed/{id}`;

const Event = z.strictObject({
  name: Text,
  entity: z.enum([
    ...(['INCIDENT', 'SERVICEREQUEST', 'CHANGE', 'PROBLEM', 'TASK', 'ALERT', 'RESOURCE'] as const),
  ]),
  eventType: z.enum(['CREATE', 'UPDATE', 'DELETE', 'NONE']),
  notifier: z.strictObject({
    type: z.literal('REST_API'),
    baseURI: Text,
    authType: z.enum(['NONE', 'BASIC', 'OAUTH2', 'JWT']),
  }),
  endPointURI: Text,
  headers: z.array(z.strictObject({ key: Text, value: Text })).optional(),
  thirdPartyEventType: Text.optional(),
  /** The template of the message, in base 64. */
  payload: z.base64().optional(),
  filterCriteria: Fields.optional(),
});

/** The key pairs of one that calls in, and the address of a webhook: its `vtoken` is all it asks for. */
const KEYS = ['apiKeyPairs', 'webhookUrl'];

/** What an event sends along may authorize it at the receiver. */
const HEADERS = ['headers'];

export const integrations = {
  searchIntegrations: hiding(
    KEYS,
    list('integrations.search', `${INTEGRATIONS}/installed/search`, ['name', 'intgMode']),
  ),
  listIntegrationActivity: list('integrations.activity', `${INTEGRATIONS}/activity`, [
    ...['intgMode', 'status', 'startTime', 'endTime'],
  ]),
  installIntegration: hiding(
    KEYS,
    post(
      'integrations.install',
      `${INTEGRATIONS}/install/CUSTOM`,
      'reconcile',
      z.strictObject({
        displayName: Text,
        category: Text,
        inboundConfig: z.strictObject({
          authentication: z.strictObject({ authType: z.enum(['OAUTH2', 'WEBHOOK']) }),
        }),
      }),
    ),
  ),
  createIntegrationEvent: hiding(
    HEADERS,
    post('integrations.events.create', `${ONE}/event`, 'reconcile', Event),
  ),
  listIntegrationEvents: hiding(HEADERS, list('integrations.events', `${ONE}/events`)),
  activateIntegrationEvent: post(
    'integrations.events.activate',
    `${ONE}/event/{eventId}/activate`,
    'idempotent',
  ),
  deactivateIntegrationEvent: post(
    'integrations.events.deactivate',
    `${ONE}/event/{eventId}/deactivate`,
    'idempotent',
  ),
  enableIntegration: post('integrations.enable', `${ONE}/enable`, 'idempotent'),
  disableIntegration: post('integrations.disable', `${ONE}/disable`, 'idempotent'),
} as const;

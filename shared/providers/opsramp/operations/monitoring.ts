/** Monitoring templates and the monitors of single resources. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { Fields, Id, list, post, remove, Text } from './rows.ts';

const keys = ['name', 'scope', 'status'];
const OF_RESOURCE = `${TENANT}/resources/{id}/templates`;

export const monitoring = {
  searchTemplates: list('templates.search', `${TENANT}/monitoring/templates/search`, keys),
  searchResourceTemplates: list('resources.templates', `${OF_RESOURCE}/search`, keys),
  assignTemplates: post(
    'resources.templates.assign',
    OF_RESOURCE,
    'idempotent',
    z
      .array(z.strictObject({ id: Id, configParameters: z.array(Fields).optional() }))
      .min(1)
      .max(100),
  ),
  /** Ids as text, in the body of a DELETE. */
  removeTemplates: remove(
    'resources.templates.remove',
    OF_RESOURCE,
    z
      .array(z.strictObject({ id: Text }))
      .min(1)
      .max(100),
  ),
  saveResourceMonitors: post(
    'resourceMonitors.save',
    `${TENANT}/resourceMonitors`,
    'idempotent',
    z
      .array(z.looseObject({ name: Text, uuid: Id }))
      .min(1)
      .max(100),
  ),
} as const;

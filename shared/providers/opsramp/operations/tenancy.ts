/** Clients, users, roles and notes. `terminate` removes agents for good, so it is no action here. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { get, Ids, list, post, remove, Text } from './rows.ts';

const USER_GROUP = `${TENANT}/userGroups/{id}/users`;

export const tenancy = {
  searchClients: list('clients.search', `${TENANT}/clients/search`, ['name', 'uniqueId', 'status']),
  listClientsMinimal: get('clients.minimal', `${TENANT}/clients/minimal`),
  getTenant: get('tenants.get', TENANT),
  searchUsers: list('users.search', `${TENANT}/users/search`, ['loginName', 'status']),
  searchRoles: list('roles.search', `${TENANT}/roles/search`, ['name']),
  addGroupUsers: post('userGroups.addUsers', USER_GROUP, 'idempotent', Ids),
  removeGroupUsers: remove('userGroups.removeUsers', USER_GROUP, Ids),
  actOnUser: post(
    'users.act',
    `${TENANT}/users/{id}/{action}`,
    'idempotent',
    z.strictObject({ deactivateReason: Text.optional() }),
    { path: { action: z.enum(['activate', 'deactivate']) } },
  ),
  actOnClient: post('clients.act', `${TENANT}/clients/{id}/{action}`, 'idempotent', undefined, {
    path: { action: z.enum(['activate', 'suspend']) },
  }),
  createNote: post(
    'notes.create',
    `${TENANT}/notes`,
    'once',
    z.strictObject({
      subject: Text,
      description: Text,
      expiryDateType: z.union([z.literal(1), z.literal(2)]),
      startTime: Text.optional(),
      expiryTime: Text.optional(),
    }),
  ),
} as const;

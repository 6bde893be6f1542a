/** Agents and gateways, and the policies that run on them. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { actingGet, get, hiding, Id, Ids, list, post, Text } from './rows.ts';

const PROFILES = `${TENANT}/managementProfiles`;

/** Enrols an agent or a gateway, whoever holds it. */
const TOKEN = ['activationToken'];

export const agents = {
  searchManagementProfiles: hiding(
    TOKEN,
    list('managementProfiles.search', `${PROFILES}/search`, ['name']),
  ),
  createManagementProfile: hiding(
    TOKEN,
    post(
      'managementProfiles.create',
      PROFILES,
      'reconcile',
      z.strictObject({
        name: Text,
        type: z.enum(['Gateway', 'Agent']),
        description: Text.optional(),
        device: z.strictObject({ id: Id }).optional(),
      }),
    ),
  ),
  attachManagementProfile: actingGet('managementProfiles.attach', `${PROFILES}/{id}/attach`),
  detachManagementProfile: actingGet('managementProfiles.detach', `${PROFILES}/{id}/detach`),
  reconnectTunnel: actingGet(
    'managementProfiles.reconnectTunnel',
    `${PROFILES}/{id}/reconnectTunnel`,
  ),
  getLinuxAgent: get('agents.linux', `${TENANT}/agents/LINUX/info`, {
    distName: Text.optional(),
    architecture: Text.optional(),
  }),
  assignAgentPolicy: post(
    'agentPolicies.assign',
    `${TENANT}/agentPolicies/{id}/devices`,
    'idempotent',
    Ids,
  ),
  scanDiscoveryPolicy: actingGet(
    'policies.discovery.scan',
    `${TENANT}/policies/discovery/action/scan/{id}`,
  ),
  runManagementPolicy: actingGet(
    'policies.management.run',
    `${TENANT}/policies/management/{id}/action/run`,
  ),
} as const;

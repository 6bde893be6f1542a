/** Resources, device groups and custom attributes. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { Epoch, Fields, get, Id, Ids, list, post, remove, Text } from './rows.ts';

const RESOURCES = `${TENANT}/resources`;
const ONE = `${RESOURCES}/{id}`;
const GROUPS = `${TENANT}/deviceGroups`;
const ATTRIBUTES = `${TENANT}/customAttributes`;
const ATTRIBUTE_DEVICES = `${ATTRIBUTES}/{attributeId}/values/{valueId}/devices`;

export const resourceChanges = {
  aliasName: Text.max(500).optional().describe('The name that people see.'),
  description: Text.optional().describe('For people.'),
  extResourceId: Text.max(500).optional().describe('Your own id of the resource.'),
  hostName: Text.max(500).optional().describe('Its host name.'),
  name: Text.max(500).optional().describe('Its name.'),
};

const searchKeys = [
  ...['hostName', 'dnsName', 'resourceName', 'aliasName', 'id', 'serialNumber', 'ipAddress'],
  ...['state', 'type', 'deviceType', 'resourceType', 'startCreationDate', 'endCreationDate'],
];

const childList = z
  .array(z.strictObject({ id: Id, type: Text }))
  .min(1)
  .max(1_000);
const period = { startTime: Epoch, endTime: Epoch };

export const resources = {
  searchResources: list('resources.search', `${RESOURCES}/search`, searchKeys),
  listResourcesMinimal: get('resources.minimal', `${RESOURCES}/minimal`),
  getResource: get('resources.get', ONE),
  updateResource: post('resources.update', ONE, 'idempotent', z.strictObject(resourceChanges)),
  deleteResource: remove('resources.delete', ONE),
  createResource: post(
    'resources.create',
    RESOURCES,
    'reconcile',
    z.strictObject({
      name: Text,
      hostName: Text,
      resourceType: Text,
      extResourceId: Text,
      metaData: Fields.optional(),
    }),
  ),
  getAvailability: get('resources.availability', `${ONE}/availability`, period),
  listApplications: get('resources.applications', `${ONE}/applications`),
  decommissionResource: post(
    'resources.decommission',
    `${ONE}/decommission`,
    'idempotent',
    z.strictObject({ reason: Text.optional() }),
  ),
  setAttributeValue: post('customAttributes.assign', ATTRIBUTE_DEVICES, 'idempotent', Ids),
  removeAttributeValue: remove('customAttributes.remove', ATTRIBUTE_DEVICES, Ids),
  searchAttributes: list('customAttributes.search', `${ATTRIBUTES}/search`, ['name']),
  createAttribute: post(
    'customAttributes.create',
    ATTRIBUTES,
    'reconcile',
    z.strictObject({
      name: Text,
      customAttributeValues: z.array(z.strictObject({ value: Text })).optional(),
    }),
  ),
  /** With an id it updates the group. */
  saveDeviceGroups: post(
    'deviceGroups.save',
    GROUPS,
    'reconcile',
    z
      .array(
        z.strictObject({
          id: Id.optional(),
          name: Text,
          entityType: z.literal('DEVICE_GROUP'),
          parent: Fields.optional(),
          filterCriteria: Fields.optional(),
        }),
      )
      .min(1)
      .max(100),
  ),
  listDeviceGroupsMinimal: get('deviceGroups.minimal', `${GROUPS}/minimal`),
  addDeviceGroupChildren: post(
    'deviceGroups.addChildren',
    `${GROUPS}/{id}/childs`,
    'idempotent',
    childList,
  ),
  removeDeviceGroupChildren: remove(
    'deviceGroups.removeChildren',
    `${GROUPS}/{id}/childs`,
    childList,
  ),
} as const;

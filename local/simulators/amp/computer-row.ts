/** How a computer looks in answers: whole, and as the few fields that other things show of it. */
import { computerLinks, type Linking } from './links.ts';
import { type Business, type Computer, zuluDate } from './world.ts';

/** What is not known of a computer is left out. */
export function computerRow(head: Linking, { policies }: Business, computer: Computer): object {
  const { guid, hostname, product, osVersion, lastSeenAtMs, compromised, demo } = computer;
  const policy = policies.get(computer.policyGuid);
  return {
    connector_guid: guid,
    hostname,
    ...hardware(computer),
    active: computer.active,
    links: computerLinks(head, computer),
    connector_version: computer.connectorVersion,
    operating_system: computer.operatingSystem,
    ...(osVersion === undefined ? {} : { os_version: osVersion }),
    internal_ips: computer.internalIps,
    external_ip: computer.externalIp,
    group_guid: computer.groupGuid,
    install_date: zuluDate(computer.installedAtMs),
    ...(compromised === undefined ? {} : { is_compromised: compromised }),
    ...(demo === undefined ? {} : { demo }),
    network_addresses: networkAddresses(computer),
    policy: { guid: computer.policyGuid, name: policy?.name },
    ...(lastSeenAtMs === undefined ? {} : { last_seen: zuluDate(lastSeenAtMs) }),
    faults: [],
    isolation: { available: computer.isolation.available, status: computer.isolation.status },
    orbital: { status: product === 'windows' ? 'enabled' : 'not_enabled' },
  };
}

/** The one computer that was asked for also names its groups. */
export function computerDetail(head: Linking, business: Business, computer: Computer): object {
  const group = business.groups.get(computer.groupGuid);
  const groups = group === undefined ? [] : [{ guid: group.guid, name: group.name }];
  return { ...computerRow(head, business, computer), groups };
}

export const shortRow = (head: Linking, computer: Computer): object => ({
  connector_guid: computer.guid,
  hostname: computer.hostname,
  ...hardware(computer),
  active: computer.active,
  links: computerLinks(head, computer),
});

/** As an event shows it: the computer of that time, even if it was deleted since. */
export const eventComputer = (head: Linking, computer: Computer): object => ({
  ...shortRow(head, computer),
  external_ip: computer.externalIp,
  user: computer.users[0],
  network_addresses: networkAddresses(computer),
});

const hardware = ({ product, hardwareId }: Computer): object => ({
  ...(product === 'windows' ? { windows_processor_id: hardwareId } : {}),
  ...(product === 'mac' ? { mac_hardware_id: hardwareId } : {}),
});

/** The address of a second interface is empty. */
const networkAddresses = ({ mac, internalIps }: Computer): object[] =>
  internalIps.map((ip, index) => ({
    mac: index === 0 ? mac : mac.replace('02:00', '0a:00'),
    ip: index === 0 ? ip.trim() : '',
  }));

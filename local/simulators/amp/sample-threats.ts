/** Indicators of compromise and vulnerable applications, as a console that runs for a while has. */
import { hours } from '../../../shared/kernel/duration.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { Computer, Indicator, Vulnerability } from './world.ts';

const INDICATORS = ['PowerShell download', 'Shadow copy deletion', 'Credential dump', 'LSASS read'];
const SEVERITIES = ['Low', 'Medium', 'High', 'Critical'];

const APPLICATIONS: readonly (readonly [application: string, version: string, cve: string])[] = [
  ['Adobe Flash Player', '11.5.502.146', 'CVE-2013-3333'],
  ['Microsoft Office', '2013', 'CVE-2014-0260'],
  ['Oracle Java(TM) Platform SE', '7.0.60', 'CVE-2014-4227'],
  ['Mozilla Firefox', '41.0', 'CVE-2015-7204'],
];

export function sampleIndicators(nextGuid: () => string): Indicator[] {
  return Array.from({ length: 12 }, (_, index) => ({
    guid: nextGuid(),
    name: `${INDICATORS[index % INDICATORS.length]} ${index + 1}`,
    description: 'A command line that attackers use was seen.',
    severity: SEVERITIES[index % SEVERITIES.length] ?? 'Low',
    mitre: { tactics: ['TA0002'], techniques: [`T10${50 + index}`] },
  }));
}

/** The first application is on every computer, the next on every second one, and so on. */
export function sampleVulnerabilities(
  fleet: readonly Computer[],
  bornAtMs: number,
): Vulnerability[] {
  return APPLICATIONS.map(([application, version, cve], index) => {
    const sha256 = sha256Hex(`${application} ${version}`);
    return {
      application,
      version,
      filename: `${application.toLowerCase().replaceAll(/\W/g, '')}.exe`,
      sha256: index % 2 === 0 ? sha256.toUpperCase() : sha256,
      cves: [{ id: cve, link: `https://nvd.nist.gov/vuln/detail/${cve}`, cvss: 10 - index }],
      latestAtMs: bornAtMs - hours(1 + index),
      computerGuids: fleet
        .filter((_, place) => place % (index + 1) === 0)
        .map((computer) => computer.guid),
    };
  });
}

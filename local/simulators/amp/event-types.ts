/** Event types by id. Source: Cisco AMP for Endpoints API: GET /v1/event_types. */
export const EVENT = {
  threatDetected: 1_090_519_054,
  threatQuarantined: 553_648_143,
  quarantineFailure: 2_164_260_880,
  quarantineUndelivered: 2_181_038_130,
  executionBlocked: 553_648_168,
  executedMalware: 1_107_296_272,
  cloudIoc: 1_107_296_274,
  vulnerableApplication: 1_107_296_279,
  scanStarted: 554_696_714,
  scanClean: 554_696_715,
  scanDetections: 1_091_567_628,
  policyUpdate: 553_648_130,
} as const;

const NAMES: Readonly<Record<number, string>> = {
  553648130: 'Policy Update',
  554696714: 'Scan Started',
  554696715: 'Scan Completed, No Detections',
  1091567628: 'Scan Completed With Detections',
  2165309453: 'Scan Failed',
  1090519054: 'Threat Detected',
  553648143: 'Threat Quarantined',
  2164260880: 'Quarantine Failure',
  570425394: 'Quarantine Restore Requested',
  553648149: 'Quarantined Item Restored',
  2164260884: 'Quarantine Restore Failed',
  2181038130: 'Quarantine Request Failed to be Delivered',
  553648154: 'Cloud Recall Restore from Quarantine',
  553648155: 'Cloud Recall Quarantine Successful',
  2164260892: 'Cloud Recall Restore from Quarantine Failed',
  2164260893: 'Cloud Recall Quarantine Attempt Failed',
  553648158: 'Install Started',
  2164260895: 'Install Failure',
  553648166: 'Uninstall',
  2164260903: 'Uninstall Failure',
  2164260866: 'Policy Update Failure',
  553648147: 'Cloud Recall Detection',
  553648168: 'Execution Blocked',
  1090519084: 'DFC Threat Detected',
  1107296264: 'Microsoft PowerPoint compromise',
  1107296272: 'Executed malware',
  1107296273: 'Suspected botnet connection',
  553648170: 'Reboot Pending',
  553648171: 'Reboot Completed',
  1107296274: 'Cloud IOC',
  1107296277: 'Connection to suspicious domain',
  1107296278: 'Threat Detected in Low Prevalence Executable',
  1107296279: 'Vulnerable Application Detected',
  1107296280: 'Suspicious Download',
  1107296283: 'Possible Webshell',
  1107296284: 'Potential Ransomware',
  1090519103: 'Exploit Prevention',
  1090519081: 'Rootkit Detection',
  1090519105: 'Malicious Activity Detection',
  1090519112: 'System Process Protection',
  553648202: 'Endpoint Isolation Start Success',
  2164260939: 'Endpoint Isolation Start Failure',
  553648204: 'Endpoint Isolation Stop Success',
  2164260941: 'Endpoint Isolation Stop Failure',
};

export const eventTypes: readonly { readonly id: number; readonly name: string }[] = Object.entries(
  NAMES,
).map(([id, name]) => ({ id: Number(id), name }));

/** Throws RangeError on an id that no type has. */
export function eventTypeName(id: number): string {
  const name = NAMES[id];
  if (name === undefined) throw new RangeError(`no event type ${id}`);
  return name;
}

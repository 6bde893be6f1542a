/** What `POST /__simulator/<name>` can do besides the usual: credentials, detections, computers. */
import * as z from 'zod';
import type { BusinessConsole } from './business-console.ts';
import type { CredentialRing } from './credentials.ts';

const CredentialChange = z.strictObject({
  add: z
    .record(
      z.string(),
      z.strictObject({
        apiKey: z.string(),
        business: z.string(),
        readOnly: z.boolean().default(false),
      }),
    )
    .default({}),
  revoke: z.array(z.string()).default([]),
  /** Client id to new key. */
  rotate: z.record(z.string(), z.string()).default({}),
});

const DetectionOrder = z.strictObject({
  business: z.string(),
  times: z.int().min(1).max(10_000).default(1),
  computer: z.string().nullable().optional(),
  typeId: z.int().optional(),
  severity: z.string().optional(),
  detection: z.string().optional(),
  sha256: z.string().optional(),
  atMs: z.int().optional(),
});

const names = z.array(z.string()).default([]);
const ComputerChange = z.strictObject({
  business: z.string(),
  connect: names,
  disconnect: names,
  keep: names,
});

export function ampControls(
  ring: CredentialRing,
  consoleOf: (business: string) => BusinessConsole,
): Record<string, (body: unknown) => unknown> {
  return {
    credentials(body) {
      const { add, revoke, rotate } = CredentialChange.parse(body);
      for (const [clientId, credential] of Object.entries(add)) ring.add(clientId, credential);
      for (const clientId of revoke) ring.revoke(clientId);
      for (const [clientId, apiKey] of Object.entries(rotate)) ring.rotate(clientId, apiKey);
      return { changed: true };
    },
    /** Answers the new ids as text, since they do not fit a double. */
    detect(body) {
      const { business, times, ...detection } = DetectionOrder.parse(body);
      const console = consoleOf(business);
      return { ids: Array.from({ length: times }, () => `${console.detect(detection).id}`) };
    },
    computers(body) {
      const { business, connect, disconnect, keep } = ComputerChange.parse(body);
      const console = consoleOf(business);
      connect.forEach(console.connect);
      disconnect.forEach(console.disconnect);
      keep.forEach(console.keep);
      return { changed: true };
    },
  };
}

/** Reads what npm says of the dependencies: a bill of materials, and an audit. Pure. */
import * as z from 'zod';

const Sbom = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(
    z.object({ name: z.string(), group: z.string().optional(), version: z.string() }),
  ),
});

export interface SbomSummary {
  readonly components: number;
  /** `name@version` of dependencies that the bill of materials does not list. */
  readonly missing: readonly string[];
}

/** `dependencies`: name → exact version. Throws SyntaxError or ZodError where the text is no such bill. */
export function readSbom(
  text: string,
  dependencies: Readonly<Record<string, string>>,
): SbomSummary {
  const { components } = Sbom.parse(JSON.parse(text));
  const listed = new Set(
    components.map(({ group, name, version }) => {
      const scoped = group === undefined || name.startsWith('@') ? name : `${group}/${name}`;
      return `${scoped}@${version}`;
    }),
  );
  const wanted = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`);
  return { components: components.length, missing: wanted.filter((it) => !listed.has(it)) };
}

const Audit = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })),
});

export type AuditVerdict =
  | { readonly kind: 'checked'; readonly grave: readonly string[]; readonly others: number }
  /** Nobody was asked: a registry without advisories is no clean bill. */
  | { readonly kind: 'not-checked'; readonly reason: string };

const GRAVE: readonly string[] = ['high', 'critical'];

/** What `npm audit --json` wrote, whether it found something, nothing, or nobody to ask. */
export function readAudit(text: string): AuditVerdict {
  const parsed = Audit.safeParse(parseOrUndefined(text));
  if (!parsed.success) return { kind: 'not-checked', reason: reasonOf(text) };
  const found = Object.entries(parsed.data.vulnerabilities);
  const grave = found.filter(([, { severity }]) => GRAVE.includes(severity));
  return {
    kind: 'checked',
    grave: grave.map(([name, { severity }]) => `${name} (${severity})`),
    others: found.length - grave.length,
  };
}

const Refusal = z.object({ message: z.string() });

function reasonOf(text: string): string {
  const parsed = Refusal.safeParse(parseOrUndefined(text));
  return parsed.success ? parsed.data.message.slice(0, 200) : 'npm gave no report';
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

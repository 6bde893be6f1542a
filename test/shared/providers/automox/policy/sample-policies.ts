/** Policies for the tests: the documented sample bodies, and a small valid one of each kind. */
import { readdirSync, readFileSync } from 'node:fs';
import { fieldProblems } from '../../../../../shared/errors/field-problems.ts';
import type { FieldProblem } from '../../../../../shared/errors/sluice-error.ts';
import { PolicyCreateParams } from '../../../../../shared/providers/automox/policy/policy-params.ts';

type Body = Record<string, unknown> & { configuration: Record<string, unknown> };

const folder = new URL('./fixtures/', import.meta.url);

export const documentedExamples: readonly (readonly [string, Body])[] = readdirSync(folder).map(
  (file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Body],
);

const schedule = {
  schedule_days: 42,
  schedule_weeks_of_month: 62,
  schedule_months: 8190,
  schedule_time: '01:00',
};

export const samples = {
  patch: {
    name: 'Patch all',
    policy_type_name: 'patch',
    ...schedule,
    configuration: { auto_patch: true, patch_rule: 'all' },
  },
  custom: {
    name: 'Worklet',
    policy_type_name: 'custom',
    ...schedule,
    configuration: { os_family: 'Linux', evaluation_code: 'exit 1', remediation_code: 'true' },
  },
  required_software: {
    name: 'Browser',
    policy_type_name: 'required_software',
    ...schedule,
    configuration: {
      os_family: 'Windows',
      package_name: 'Firefox',
      package_version: '140.0',
      installation_code: 'install.exe',
    },
  },
} as const;

export type Kind = keyof typeof samples;

/** The sample of `kind` with top-level keys replaced; undefined removes one. */
export const policyWith = (kind: Kind, changes: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify({ ...samples[kind], ...changes })) as Record<string, unknown>;

/** The sample of `kind` with keys of its configuration replaced; undefined removes one. */
export const configuredWith = (kind: Kind, changes: Record<string, unknown>) =>
  policyWith(kind, { configuration: { ...samples[kind].configuration, ...changes } });

export function problemsOf(input: unknown): FieldProblem[] {
  const result = PolicyCreateParams.safeParse(input);
  return result.success ? [] : fieldProblems(result.error);
}

export const fieldsOf = (input: unknown): string[] => problemsOf(input).map(({ field }) => field);

/** What is kept of one secret. JSON throughout, so that a file holds it as it is. */
import { randomInt } from 'node:crypto';

export interface SecretVersion {
  readonly id: string;
  readonly createdAtMs: number;
  /** Exactly one of the two; the binary form in base64. */
  readonly text?: string;
  readonly binary?: string;
  /** Staging labels; a version without any is deprecated and may vanish on AWS. */
  readonly stages: readonly string[];
}

export interface SecretRecord {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly unknown[];
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** When a deletion was asked for; undefined while the secret is in use. */
  readonly deletedAtMs?: number;
  /** When it will be gone for good. */
  readonly deletionAtMs?: number;
  readonly versions: readonly SecretVersion[];
}

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** AWS ends the ARN in six random characters, so that a name used again gives another ARN. */
export function newSecretArn(region: string, accountId: string, name: string): string {
  const suffix = Array.from(
    { length: 6 },
    () => SUFFIX_ALPHABET[randomInt(SUFFIX_ALPHABET.length)],
  ).join('');
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
}

/** The secret's versions with `stage` on `versionId` alone, as AWS moves labels. */
export function moveStage(
  versions: readonly SecretVersion[],
  stage: string,
  versionId: string | undefined,
): SecretVersion[] {
  return versions.map((version) => {
    const others = version.stages.filter((one) => one !== stage);
    return { ...version, stages: version.id === versionId ? [...others, stage] : others };
  });
}

/** As `moveStage`; what was current before becomes previous. */
export function makeCurrent(
  versions: readonly SecretVersion[],
  versionId: string,
): SecretVersion[] {
  const before = findStage(versions, CURRENT);
  const moved = moveStage(versions, CURRENT, versionId);
  if (before === undefined || before.id === versionId) return moved;
  return moveStage(moved, PREVIOUS, before.id);
}

export const findStage = (
  versions: readonly SecretVersion[],
  stage: string,
): SecretVersion | undefined => versions.find((version) => version.stages.includes(stage));

export const stagesByVersion = (record: SecretRecord): Record<string, readonly string[]> =>
  Object.fromEntries(
    record.versions.flatMap(({ id, stages }) => (stages.length > 0 ? [[id, stages]] : [])),
  );

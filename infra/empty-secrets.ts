import { Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Topology } from '../shared/config/topology.ts';
import { invariant } from '../shared/kernel/invariant.ts';

/**
 * The place of every credential, without one: a person puts the value, or a job that got it from the
 * vendor, so that no key is ever in a template, an asset or the shell history of a deployment.
 */
export class EmptySecrets extends Construct {
  readonly #arnById = new Map<string, string>();

  constructor(scope: Construct, id: string, secrets: Topology['secrets']) {
    super(scope, id);
    for (const { id: name, kind, owner, managedBy } of secrets) {
      const filledBy =
        managedBy === undefined ? 'by hand' : `by jobs of the account "${managedBy}"`;
      const secret = new CfnSecret(this, `${kind}-${owner}`, {
        name,
        description: `Credential of the ${kind} "${owner}". Its value is put ${filledBy}.`,
      });
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason: 'The other party issues the key: Secrets Manager has no way to rotate it.',
      });
      this.#arnById.set(name, secret.ref);
    }
  }

  get arns(): readonly string[] {
    return [...this.#arnById.values()];
  }

  arnsOf(secretIds: readonly string[]): readonly string[] {
    return secretIds.map((secretId) => {
      const arn = this.#arnById.get(secretId);
      invariant(arn !== undefined, `no secret "${secretId}" is deployed`);
      return arn;
    });
  }
}

import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableShape } from '../shared/config/topology.ts';
import { invariant } from '../shared/kernel/invariant.ts';
import type { Stage } from './stages.ts';

type IndexShape = TableShape['indexes'][number];

/** A table that costs by use; how safe it is kept depends on the stage. */
export class StateTable extends Construct {
  readonly table: Table;
  readonly #shape: TableShape;

  constructor(scope: Construct, id: string, shape: TableShape, stage: Stage) {
    super(scope, id);
    this.#shape = shape;
    this.table = new Table(this, 'Table', {
      tableName: shape.name,
      partitionKey: { name: shape.partitionKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.pointInTimeRecovery },
      deletionProtection: stage.keepsData,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(shape.timeToLiveAttribute && { timeToLiveAttribute: shape.timeToLiveAttribute }),
    });
    if (!stage.pointInTimeRecovery) {
      Validations.of(this.table).acknowledge({
        id: 'AwsSolutions-DDB3',
        reason: 'The stage holds nothing that anybody would restore.',
      });
    }
    for (const index of shape.indexes) this.#addIndex(index);
  }

  indexArn(name: string): string {
    const { name: tableName, indexes } = this.#shape;
    invariant(
      indexes.some((it) => it.name === name),
      `${tableName} has no index "${name}"`,
    );
    return `${this.table.tableArn}/index/${name}`;
  }

  #addIndex({ name, partitionKey, sortKey, sortType, attributes }: IndexShape): void {
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: {
        name: sortKey,
        type: sortType === 'N' ? AttributeType.NUMBER : AttributeType.STRING,
      },
      ...(attributes === 'keys'
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...attributes] }),
    });
  }
}

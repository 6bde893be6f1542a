import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableShape } from '../shared/config/topology.ts';

type IndexShape = TableShape['indexes'][number];

/** A table that outlives the stack: on demand, restorable to any second of the last 35 days. */
export class StateTable extends Construct {
  readonly table: Table;
  readonly indexArns: readonly string[];

  constructor(scope: Construct, id: string, shape: TableShape) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: shape.name,
      partitionKey: { name: shape.partitionKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(shape.timeToLiveAttribute && { timeToLiveAttribute: shape.timeToLiveAttribute }),
    });
    for (const index of shape.indexes) this.#addIndex(index);
    this.indexArns = shape.indexes.map(({ name }) => `${this.table.tableArn}/index/${name}`);
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

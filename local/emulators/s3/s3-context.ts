import type { AwsRequest, AwsResponse } from '../endpoint/aws-service.ts';
import type { BucketStore } from './bucket-store.ts';
import type { S3Address } from './s3-address.ts';
import { toXml, type XmlElement } from './xml.ts';

/** What a handler of one S3 operation gets. */
export interface S3Call extends S3Address {
  readonly request: AwsRequest;
  readonly store: BucketStore;
  readonly nowMs: number;
}

export type S3Handler = (call: S3Call) => Promise<AwsResponse>;

export const empty = (status: number, headers: Record<string, string> = {}): AwsResponse => ({
  status,
  headers,
  body: '',
});

export const xmlResponse = (name: string, children: readonly XmlElement[]): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: toXml(name, children),
});

/** `amp.file-list.query`: the file lists of the business, or the files of one of them. */
import * as z from 'zod';
import { Guid } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { Fields, listJob } from './list-job.ts';

export const FileListQueryParams = z
  .strictObject({
    list: Guid.optional().describe('The files of this list.'),
    kind: z
      .enum(['simple-custom-detections', 'application-blocking'])
      .optional()
      .describe('Instead: the lists of this kind.'),
    names: z.array(z.string().min(1)).min(1).max(100).optional().describe('Lists so named.'),
    fields: Fields,
  })
  .refine(({ list, kind }) => (list === undefined) !== (kind === undefined), {
    path: ['list'],
    error: 'must be given, or "kind" instead of it, but not both',
  })
  .refine(({ list, names }) => list === undefined || names === undefined, {
    path: ['names'],
    error: 'chooses lists by "kind"; the files of a list have no name',
  });
export type FileListQueryParams = z.output<typeof FileListQueryParams>;

export const fileListQuery = listJob<FileListQueryParams>({
  type: 'amp.file-list.query',
  description: 'Lists file lists, or the files of one, as NDJSON.',
  params: FileListQueryParams,
  example: { kind: 'simple-custom-detections', names: ['Known bad'] },
  thing: 'row',
  operations: [
    operations.listDetectionLists,
    operations.listBlockingLists,
    operations.listListFiles,
  ],
  listOf({ list, kind, names }) {
    if (list !== undefined) return { operation: operations.listListFiles, path: { guid: list } };
    const detections = kind === 'simple-custom-detections';
    const operation = detections ? operations.listDetectionLists : operations.listBlockingLists;
    return { operation, query: { 'name[]': names } };
  },
  fieldsOf: ({ fields }) => fields,
});

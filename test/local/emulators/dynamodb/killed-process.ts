/** Serves a table from the folder in `argv` until it is killed; says its URL through IPC. */
import { createDynamodb } from '../../../../local/emulators/dynamodb/dynamodb.ts';
import { startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';

const service = await createDynamodb({ directory: String(process.argv[2]) });
const endpoint = await startEndpoint({ services: [service] });
process.send?.(endpoint.url);

/** `node docs/generate-permissions.ts`: writes the page of permissions from the synthesized stack. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { permissionsPage } from './generate/permissions-page.ts';
import { synthesizedResources } from './generate/synthesized-stack.ts';

const file = fileURLToPath(new URL('permissions.md', import.meta.url));
writeFileSync(file, permissionsPage(synthesizedResources()));

/**
 * Loaded before everything else (`node --import`): plants the bug that `SLUICE_MUTANT` names into the
 * source text, as it is read. No file changes.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { invariant } from '../../../shared/kernel/invariant.ts';
import { changedText } from '../../support/change.ts';
import { mutants } from './planted.ts';

const id = process.env['SLUICE_MUTANT'];
const mutant = mutants.find((it) => it.id === id);
invariant(mutant !== undefined, `there is no mutant "${id}"`);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const target = new URL(mutant.file, `file://${root}`).href;

registerHooks({
  load(url, context, nextLoad) {
    if (url !== target) return nextLoad(url, context);
    const source = changedText({ ...mutant, file: fileURLToPath(url) });
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});

/** Every job message that the documentation shows, whatever it is wrapped in. */
import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../shared/kernel/json.ts';
import { type CodeBlock, pages } from './pages.ts';

export interface MessageExample {
  readonly path: string;
  readonly type: string;
  readonly message: JsonObject;
}

export const findMessageExamples = (): readonly MessageExample[] =>
  pages.flatMap(({ path, code }) =>
    code.flatMap(messagesIn).map((message) => ({ path, type: String(message['type']), message })),
  );

function messagesIn(block: CodeBlock): readonly JsonObject[] {
  if (block.language === 'json') return jobsWithin(parseJson(block.text));
  if (block.language !== 'sh') return [];
  return [...quotedDocuments(block.text), ...submitCommands(block.text)];
}

/** A job message, or those deep inside a document such as a state machine. An outcome is none. */
function jobsWithin(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(jobsWithin);
  if (typeof value === 'string' && value.startsWith('{')) return jobsWithin(parseTemplate(value));
  if (!isJsonObject(value)) return [];
  const isJob =
    /^(automox|opsramp|amp)\./.test(String(value['type'])) && value['status'] === undefined;
  return isJob ? [withTokenFilledIn(value)] : Object.values(value).flatMap(jobsWithin);
}

/** What a rule fills in: inside quotes it is text already, alone it brings its own. */
const parseTemplate = (template: string): Json =>
  parseJson(template.replaceAll(/:<(\w+)>([,}])/g, ':"$1"$2'));

/** States Language writes a field that is filled in with `.$` behind its name. */
function withTokenFilledIn({ 'taskToken.$': path, ...message }: JsonObject): JsonObject {
  return path === undefined ? message : { ...message, taskToken: String(path) };
}

const quotedDocuments = (shell: string): readonly JsonObject[] =>
  [...shell.matchAll(/'([[{][^']*)'/g)]
    .map(([, text = '']) => text)
    .filter((text) => /\b(automox|opsramp|amp)\./.test(text))
    .flatMap((text) => jobsWithin(parseJson(text)));

const SUBMIT = /submit (automox\.\S+) --account (\w+)(?:[^\n]*--params '([^']*)')?/g;

const submitCommands = (shell: string): readonly JsonObject[] =>
  [...shell.matchAll(SUBMIT)].map(([, type = '', account = '', params = '{}']) => ({
    type,
    account,
    params: z.record(z.string(), z.json()).parse(JSON.parse(params)),
  }));

/**
 * Wrong job messages, each with the code and the fields of the answer. `text` is sent as it stands;
 * everything else is JSON. Made for a config with the Automox account `acme` and a test job type.
 */
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { isoInstant } from '../../../shared/kernel/clock.ts';
import { days } from '../../../shared/kernel/duration.ts';
import { STEP_TYPE } from './step-type.ts';

export interface WrongMessage {
  readonly name: string;
  readonly code: ErrorCode;
  readonly fields: readonly string[];
  readonly message: unknown;
}

/** 2026-03-01T02:00:00Z, where the tests' clocks begin. */
const NOW_MS = Date.UTC(2026, 2, 1, 2);

export const goodMessage = { type: STEP_TYPE, account: 'acme', params: { devices: [1, 2] } };

type Row = readonly [name: string, message: unknown, ...fields: string[]];

const invalid = ([name, message, ...fields]: Row): WrongMessage => ({
  name,
  message,
  code: 'job.invalid',
  fields,
});

const withField = (field: string, ...values: readonly unknown[]): Row[] =>
  values.map((value) => {
    const shown = String(JSON.stringify(value)).slice(0, 40);
    return [`${field} ${shown}`, { ...goodMessage, [field]: value }, field];
  });

const withParams = (field: string, params: unknown): Row => [
  `params ${JSON.stringify(params).slice(0, 60)}`,
  { ...goodMessage, params },
  field,
];

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 1);

/** Own keys that an object literal cannot spell. */
const poisoned = (key: string): unknown =>
  JSON.parse(`{"type":"${STEP_TYPE}","account":"acme","params":{"a":{"${key}":{"x":1}}}}`);

const instant = (inDays: number): string => isoInstant(NOW_MS + days(inDays));

/** JSON, but no job message: every way in that carries JSON can carry them. */
const wrongJson: readonly WrongMessage[] = [
  ...[
    ['a number', 7, '(body)'],
    ['a text', 'automox.servers.query', '(body)'],
    ['true', true, '(body)'],
    ['a list', [goodMessage], '(body)'],
    ['an empty list', [], '(body)'],
    ['an empty object', {}, 'type', 'account'],
    ['no account', { type: STEP_TYPE }, 'account'],
    ['no type', { account: 'acme' }, 'type'],
    ['two misspelt fields', { ...goodMessage, acount: 'x', prams: {} }, 'acount', 'prams'],
    ['a field in capitals', { ...goodMessage, Type: 'x' }, 'Type'],
    ['three wrong fields', { type: 1, account: 2, priority: 3 }, 'type', 'account', 'priority'],
    ['an S3 event', { Records: [{ eventSource: 'aws:s3' }] }, 'type', 'account', 'Records'],
    ['__proto__ below', poisoned('__proto__'), '(body)'],
    ['constructor below', poisoned('constructor'), '(body)'],
    ['prototype below', poisoned('prototype'), '(body)'],
    ['33 levels', { ...goodMessage, params: nested(32) }, '(body)'],
    ['2,000 levels', { ...goodMessage, params: nested(2_000) }, '(body)'],
    ...withField(
      'type',
      '',
      7,
      null,
      {},
      [],
      'automox',
      'Automox.Servers',
      'automox.',
      '.x',
      'a..b',
    ),
    ...withField('type', 'automox servers', 'automox.servers/../x', 'automox.servers\n'),
    ...withField('account', '', 7, null, 'Acme', '1acme', 'ac me', '../acme', 'acme/x'),
    ...withField('account', 'a'.repeat(33), '%2e%2e', 'acmé'),
    ...withField('params', [], 'x', 7, null, true),
    ...withField('idempotencyKey', '', 7, null, 'k'.repeat(257)),
    ...withField('priority', 'high', 1, null, 'URGENT', ''),
    ...withField('tenant', '', 'a b', 't'.repeat(65), 'a/b', 7, null, 'tenant\n'),
    ...withField('mode', 'dry-run', true, null, 'Observe'),
    ...withField('taskToken', '', 7, 't'.repeat(2_049)),
    ...withField('correlationId', '', 7, 'c'.repeat(257)),
    ...withField('notBefore', 'tomorrow', '2026-03-01', '2026-03-01T02:00:00', 1_772_330_400, null),
    ...withField('notBefore', '2026-02-30T00:00:00Z', '2026-03-01T25:00:00Z', instant(366)),
    ...withField('deadline', '', '2026-13-01T00:00:00Z', 'P1D', 0, instant(-1), instant(0)),
    ...withField('deadline', instant(14)),
    [
      'a deadline before notBefore',
      { ...goodMessage, notBefore: instant(3), deadline: instant(2) },
      'deadline',
    ],
    withParams('params.devices', { devices: [] }),
    withParams('params.devices', { devices: 'all' }),
    withParams('params.devices', { devices: { 0: 1 } }),
    withParams('params.devices[0]', { devices: ['1'] }),
    withParams('params.devices[0]', { devices: [0] }),
    withParams('params.devices[1]', { devices: [1, -1] }),
    withParams('params.devices[2]', { devices: [1, 2, 2.5] }),
    withParams('params.devices[0]', { devices: [null] }),
    withParams('params.devices', { devices: Array.from({ length: 11 }, (_, n) => n + 1) }),
    withParams('params.note', { note: 7 }),
    withParams('params.note', { note: 'n'.repeat(21) }),
    withParams('params.nested.depth', { nested: {} }),
    withParams('params.nested.depth', { nested: { depth: 'deep' } }),
    withParams('params.nested.width', { nested: { depth: 1, width: 2 } }),
    withParams('params.device', { device: 1 }),
    withParams('params.host', { host: 'evil.example.com' }),
    withParams('params.endpoint', { endpoint: 'http://169.254.169.254' }),
    withParams('params.url', { url: 'https://evil.example.com/%2f..' }),
  ].map((row) => invalid(row as unknown as Row)),
  ...['automox.servers.qeury', 'opsramp.incident.create', 'constructor.name', 'a.b'].map(
    (type): WrongMessage => ({
      name: `type ${type}`,
      code: 'job.unknown-type',
      fields: ['type'],
      message: { ...goodMessage, type },
    }),
  ),
  ...['globex', 'constructor', 'hasownproperty', 'a'].map(
    (account): WrongMessage => ({
      name: `account ${account}`,
      code: 'job.unknown-account',
      fields: ['account'],
      message: { ...goodMessage, account },
    }),
  ),
];

const notJson = ([name, message]: readonly [string, string]): WrongMessage => ({
  name,
  message,
  code: 'job.invalid',
  fields: ['(body)'],
});

/** Bodies that are no JSON, or too much of it. Sent as they stand. */
export const wrongTexts: readonly WrongMessage[] = [
  ...(
    [
      ['nothing', ''],
      ['blanks', '  \n'],
      ['prose', 'please tag all servers'],
      ['XML', '<job type="x"/>'],
      ['a form', 'type=automox.servers.query&account=acme'],
      ['half a document', '{"type":"automox.test.step","account":'],
      ['single quotes', "{'type':'automox.test.step'}"],
      ['a trailing comma', '{"type":"automox.test.step",}'],
      ['two documents', '{}{}'],
      ['NaN', '{"type":NaN}'],
      ['a byte order mark', '\u{feff}{}'],
      ['20,000 open brackets', '['.repeat(20_000)],
      ['20,000 nested lists', '['.repeat(20_000) + ']'.repeat(20_000)],
    ] as const
  ).map(notJson),
  {
    name: '257 KB',
    code: 'request.too-large',
    fields: [],
    message: JSON.stringify({ ...goodMessage, params: { note: 'x'.repeat(257 * 1024) } }),
  },
  {
    name: '256 KB in characters of two bytes',
    code: 'request.too-large',
    fields: [],
    message: JSON.stringify({ ...goodMessage, params: { note: 'é'.repeat(128 * 1024) } }),
  },
];

export const wrongMessages = wrongJson;

/** What goes over the wire for a wrong message of either kind. */
export const textOf = (wrong: WrongMessage): string =>
  wrongTexts.includes(wrong) ? String(wrong.message) : JSON.stringify(wrong.message);

// Signed webhooks, verified by the public library of Standard Webhooks.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

import { HookFile, Receiver } from './deliveries.mjs';
import { Hookscope } from './hookscope.mjs';
import { Upstream } from './upstream.mjs';

const newKey = () => `whsec_${randomBytes(32).toString('base64')}`;
const [present, earlier, foreign] = [newKey(), newKey(), newKey()];

const upstream = new Upstream([]);
const once = new Receiver();
const rotating = new Receiver();
const failing = new Receiver(() => ({ status: failing.received.length === 1 ? 503 : 200, body: '' }));
const unsigned = new Receiver();
const receivers = [once, rotating, failing, unsigned];
const hookscope = new Hookscope();
let hooks;

before(async () => {
    await upstream.start();
    for (const receiver of receivers)
        await receiver.start();
    const hook = (name, receiver, more = {}) =>
        ({ name, event: 'on_response', target: { type: 'webhook', url: `${receiver.origin}/${name}` }, ...more });
    hooks = new HookFile([
        hook('once', once, { sign_with: ['HOOKSCOPE_TEST_PRESENT'] }),
        hook('rotating', rotating, { sign_with: ['HOOKSCOPE_TEST_PRESENT', 'HOOKSCOPE_TEST_EARLIER'] }),
        hook('failing', failing, { sign_with: ['HOOKSCOPE_TEST_PRESENT'], delivery: 'at_least_once',
                                   retry: { schedule_ms: [2000] } }),
        hook('unsigned', unsigned),
    ]);
    process.env.HOOKSCOPE_TEST_PRESENT = present;
    process.env.HOOKSCOPE_TEST_EARLIER = earlier;
    await hookscope.start(['--route', `plain=${upstream.origin}`, '--hooks', hooks.path]);
    await (await fetch(`${hookscope.origin}/~page/plain/page`)).arrayBuffer();
    await Promise.all([once.count(1), rotating.count(1), failing.count(2), unsigned.count(1)]);
});

after(async () => {
    await hookscope.stop();
    upstream.stop();
    receivers.forEach((receiver) => receiver.stop());
    hooks?.remove();
});

const verified = (key, { body, headers }) => new Webhook(key).verify(body, headers);

test('the signature is that of the key, over what was sent', () => {
    const [request] = once.received;
    assert.equal(verified(present, request).sandbox, 'page');
    assert.throws(() => verified(foreign, request), WebhookVerificationError);
    assert.throws(() => verified(earlier, request), WebhookVerificationError);
    assert.throws(() => verified(present, { ...request, body: `${request.body} ` }), WebhookVerificationError);
    for (const field of ['webhook-id', 'webhook-timestamp']) {
        const headers = { ...request.headers, [field]: `${request.headers[field]}1` };
        assert.throws(() => verified(present, { ...request, headers }), WebhookVerificationError);
    }
});

test('during a rotation, receivers that know either key accept it', () => {
    const [request] = rotating.received;
    assert.equal(request.headers['webhook-signature'].split(' ').length, 2);
    assert.equal(verified(present, request).sandbox, 'page');
    assert.equal(verified(earlier, request).sandbox, 'page');
    assert.throws(() => verified(foreign, request), WebhookVerificationError);
});

test('another try has the same id and a signature of its own time', () => {
    const [first, second] = failing.received;
    assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);
    assert.equal(first.body, second.body);
    assert.ok(Number(second.headers['webhook-timestamp']) > Number(first.headers['webhook-timestamp']));
    assert.notEqual(first.headers['webhook-signature'], second.headers['webhook-signature']);
    for (const request of failing.received)
        assert.equal(verified(present, request).sandbox, 'page');
});

test('a hook without a key signs nothing, and no key is printed', () => {
    assert.equal(unsigned.received[0].headers['webhook-signature'], undefined);
    assert.match(unsigned.received[0].headers['webhook-id'], /^msg_/);
    for (const key of [present, earlier])
        assert.ok(!hookscope.output.includes(key.slice('whsec_'.length)));
});

// The OpenAI SDK at other providers that speak its dialect, each by its route.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { load, loadAll } from './fixtures.mjs';
import { call, openai } from './openaiclient.mjs';
import { Stage, only, testCall, testSecrecy } from './stage.mjs';

const kinds = /^(chat|responses|v1-chat)-(json|stream)-(?!error)/;
const routes = ['xai', 'deepseek', 'groq', 'openrouter', 'together', 'ollama', 'mistral'];
const cases = routes.map((route) => [openai(route), loadAll(route, kinds)]);
// Audio is outside of the prompt at Mistral; its own SDK's tests read that.
cases.find(([client]) => client.route === 'mistral')[1].splice(0, Infinity, load('mistral', 'chat-stream-01'));
cases.push([openai('gemini', 'google'), [load('gemini', 'openai-compat-01')]]);
// No route is built in: one of the user's own, whose host he says to be one of an LLM.
cases.push([openai('mine', 'custom'), [load('perplexity', 'chat-stream-01'), load('cerebras', 'chat-json-01'),
                                       load('zai', 'chat-stream-01'), load('vllm', 'chat-stream-no-usage-01')]]);

const failing = load('groq', 'chat-stream-error-01');
// Names are unique at one provider only.
for (const [, list] of cases)
    list.forEach((recorded) => { recorded.name += `-at-${recorded.provider}`; });

const stage = new Stage([...cases.flatMap(([, list]) => list), failing], [...routes, 'gemini', 'mine'],
    ['--llm-domain', '127.0.0.1']);

for (const [client, list] of cases) {
    test(`${client.route}: there are recordings`, () => assert.ok(list.length));
    for (const recorded of list)
        testCall(stage, client, recorded);
}

test('an error within a stream is the SDK\'s error, and the call is kept without numbers', async () => {
    const failure = (root) => call(root, failing, { 'x-fixture': failing.name })
        .then(() => assert.fail('no error'), (error) => error);
    const direct = await failure(stage.root());
    const proxied = await failure(stage.root('groq', 'sdk-groq-error'));
    assert.equal(proxied.message, direct.message);
    const event = only((await stage.hookscope.exchange('sdk-groq-error')).calls);
    assert.equal(event.provider, 'groq');
    assert.equal(event.model, failing.expected.model);
    assert.equal(event.input_tokens, null);
    assert.equal(event.output_tokens, null);
    assert.equal(event.usage, 'missing');
});

testSecrecy(stage);

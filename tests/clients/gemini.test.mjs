// Google's SDK: content, streams, embeddings, interactions, what is counted before a call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GoogleGenAI } from '@google/genai';

import { load, loadAll } from './fixtures.mjs';
import { Stage, collect, key, testBytes, testCall, testSecrecy } from './stage.mjs';
import { ofGemini, ofInteraction } from './tokens.mjs';

const contents = loadAll('gemini', /^(generate-json|stream-sse)-/);
const interactions = loadAll('gemini', /^interactions-/);
const embedding = load('gemini', 'embed-01');
const count = load('gemini', 'count-tokens-01');
const arrays = loadAll('gemini', /^stream-json-array-/); // the SDK asks for SSE instead
const stage = new Stage([...contents, ...interactions, ...arrays, embedding, count], ['gemini']);

const common = { route: 'gemini', provider: 'google' };

function sdk(root, headers) {
    return new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: root, headers, timeout: 20_000 } });
}

// The SDK shows the head of the answer, of which some belongs to the connection.
function withoutConnection(answer) {
    for (const field of ['connection', 'keep-alive', 'transfer-encoding'])
        delete answer.sdkHttpResponse?.headers?.[field];
    return answer;
}

function requestOf({ expected, request }) {
    return { model: expected.request_model, contents: request.contents };
}

const content = {
    ...common,
    async call(root, recorded, headers) {
        const { models } = sdk(root, headers);
        if (recorded.expected.streaming)
            return (await collect(await models.generateContentStream(requestOf(recorded)))).map(withoutConnection);
        return withoutConnection(await models.generateContent(requestOf(recorded)));
    },
    // Each chunk states all until then; the last one, whole, is the result.
    tokens: (answer) => ofGemini(Array.isArray(answer)
        ? answer.findLast((chunk) => chunk.usageMetadata?.promptTokenCount)?.usageMetadata : answer.usageMetadata),
};

const embed = {
    ...common,
    call: async (root, { expected }, headers) =>
        withoutConnection(await sdk(root, headers).models.embedContent({ model: expected.request_model, contents: 'Hello' })),
    tokens: () => undefined, // the SDK leaves them out
};

const interaction = {
    ...common,
    async call(root, { expected, request }, headers) {
        const answer = await sdk(root, headers).interactions.create({ ...request, stream: expected.streaming });
        if (expected.streaming)
            return collect(answer);
        const { sdkHttpResponse: connection, ...rest } = answer;
        return rest;
    },
    tokens: (answer) => ofInteraction(Array.isArray(answer)
        ? answer.findLast((event) => event.interaction?.usage)?.interaction.usage : answer.usage),
};

test('there are recordings of every kind', () => {
    for (const list of [contents, interactions]) {
        for (const streaming of [false, true])
            assert.ok(list.some(({ expected }) => expected.streaming === streaming));
    }
});

for (const recorded of contents)
    testCall(stage, content, recorded);
for (const recorded of interactions)
    testCall(stage, interaction, recorded);
testCall(stage, embed, embedding);
for (const recorded of arrays)
    testBytes(stage, common, recorded);

test('counting the tokens of a prompt is no call', async () => {
    const counted = async (root) => withoutConnection(
        await sdk(root, { 'x-fixture': count.name }).models.countTokens({ model: count.expected.request_model, contents: 'Hello' }));
    const proxied = await counted(stage.root('gemini', 'sdk-count'));
    assert.deepEqual(proxied, await counted(stage.root()));
    assert.equal(proxied.totalTokens, count.expected.input_tokens);
    assert.deepEqual((await stage.hookscope.exchange('sdk-count')).calls, []);
});

testSecrecy(stage);

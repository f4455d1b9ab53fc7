// Calls of Google's SDK.
import { GoogleGenAI } from '@google/genai';

import { collect, key } from './stage.mjs';
import { ofGemini, ofInteraction } from './tokens.mjs';

const common = { route: 'gemini', provider: 'google' };

// Without a root, the provider's own address or that of the environment.
export function sdk(root, headers) {
    return new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: root, headers, timeout: 20_000 } });
}

// The SDK shows the head of the answer, of which some belongs to the connection.
export function withoutConnection(answer) {
    for (const field of ['connection', 'keep-alive', 'transfer-encoding'])
        delete answer.sdkHttpResponse?.headers?.[field];
    return answer;
}

function requestOf({ expected, request }) {
    return { model: expected.request_model, contents: request.contents };
}

export const content = {
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

export const embed = {
    ...common,
    call: async (root, { expected }, headers) =>
        withoutConnection(await sdk(root, headers).models.embedContent({ model: expected.request_model, contents: 'Hello' })),
    tokens: () => undefined, // the SDK leaves them out
};

export const interaction = {
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

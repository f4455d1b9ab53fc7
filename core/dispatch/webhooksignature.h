#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QList>

namespace hookscope {

// Signatures of Standard Webhooks 1.0.0 (symmetric, `v1`): base64 of HMAC-SHA256 over `id.timestamp.body`.
// A key is written `whsec_` and base64 of 24 to 64 bytes; the prefix may be missing.

// The key's bytes; the error says what it has to look like and holds nothing of it.
Result<QByteArray> signingKeyOf(const QByteArray &text);

// A new key of 32 random bytes, as it is written.
QByteArray newSigningKey();

// The value of `webhook-signature`: one signature for each key, in their order. `atSecond`: since the Unix
// epoch, as in `webhook-timestamp`.
QByteArray webhookSignature(const QList<QByteArray> &keys, const QByteArray &id, qint64 atSecond,
                            const QByteArray &body);

} // namespace hookscope

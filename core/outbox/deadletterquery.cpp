#include "core/outbox/deadletterquery.h"

#include "core/events/filtermatcher.h"

#include <QStringList>
#include <QtEndian>

namespace hookscope {

namespace {

constexpr int llmBit = 16; // above the moments

} // namespace

DeadLetterMatcher::DeadLetterMatcher(const Filter &filter)
    : m_filter(filter)
    , m_nowUs(QDateTime::currentMSecsSinceEpoch() * 1000)
{
}

bool DeadLetterMatcher::matches(const QByteArray &json)
{
    if (m_filter.isEmpty())
        return true;
    const auto read = m_reader.read({json.constData(), static_cast<std::size_t>(json.size())});
    if (!read)
        return false;
    if (const auto *event = std::get_if<ProxyEvent>(&read->event))
        return hookscope::matches(m_filter, *event, m_nowUs);
    if (const auto *call = std::get_if<LlmEvent>(&read->event))
        return hookscope::matches(m_filter, *call, m_nowUs);
    return false;
}

QSqlQuery deadLetterQuery(const QSqlDatabase &database, const QString &head, const QVariantList &values,
                          const DeadLetterChoice &choice, const QString &tail)
{
    QStringList conditions{QStringLiteral("died_ms>0")};
    QVariantList bound = values;
    if (choice.hookName) {
        conditions.append(QStringLiteral("hook=?"));
        bound.append(*choice.hookName);
    }
    if (choice.givenSince.isValid()) {
        conditions.append(QStringLiteral("died_ms>=?"));
        bound.append(choice.givenSince.toMSecsSinceEpoch());
    }
    if (choice.givenUntil.isValid()) {
        conditions.append(QStringLiteral("died_ms<=?"));
        bound.append(choice.givenUntil.toMSecsSinceEpoch());
    }
    if (choice.sequences) {
        QStringList marks;
        for (const qint64 sequence :
             choice.sequences->first(std::min(choice.sequences->size(), mostDeadLetterSequences))) {
            marks.append(QStringLiteral("?"));
            bound.append(sequence);
        }
        conditions.append(QStringLiteral("sequence IN (%1)").arg(marks.join(u',')));
    }
    QSqlQuery query(database);
    query.setForwardOnly(true);
    query.prepare(head + QStringLiteral(" WHERE ") + conditions.join(QStringLiteral(" AND ")) + tail);
    for (const QVariant &value : bound)
        query.addBindValue(value);
    return query;
}

DeadLetter deadLetterOf(const QSqlQuery &row)
{
    DeadLetter letter;
    letter.sequence = row.value(0).toLongLong();
    letter.hookName = row.value(1).toString();
    letter.webhookId = row.value(2).toByteArray();
    letter.mark = markOf(row.value(3).toByteArray(), row.value(4).toInt());
    letter.made = QDateTime::fromMSecsSinceEpoch(row.value(5).toLongLong(), Qt::UTC);
    letter.given = QDateTime::fromMSecsSinceEpoch(row.value(6).toLongLong(), Qt::UTC);
    letter.attempts = row.value(7).toInt();
    letter.reason = row.value(8).toString();
    letter.json = row.value(9).toByteArray();
    return letter;
}

QByteArray exchangeBytes(const DeliveryMark &mark)
{
    QByteArray bytes(16, '\0');
    qToBigEndian<quint64>(mark.exchange.high, bytes.data());
    qToBigEndian<quint64>(mark.exchange.low, bytes.data() + 8);
    return bytes;
}

int momentNumber(const DeliveryMark &mark)
{
    return static_cast<int>(mark.event) + (mark.isLlmEvent ? llmBit : 0);
}

DeliveryMark markOf(const QByteArray &exchange, int moment)
{
    DeliveryMark mark;
    if (exchange.size() == 16) {
        mark.exchange.high = qFromBigEndian<quint64>(exchange.constData());
        mark.exchange.low = qFromBigEndian<quint64>(exchange.constData() + 8);
    }
    mark.isLlmEvent = (moment & llmBit) != 0;
    switch (moment & (llmBit - 1)) {
    case 0:
        mark.event = HookEvent::OnRequest;
        break;
    case 2:
        mark.event = HookEvent::OnBudget;
        break;
    default:
        mark.event = HookEvent::OnResponse;
        break;
    }
    return mark;
}

} // namespace hookscope

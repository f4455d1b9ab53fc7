#pragma once

#include "core/events/delivery.h"
#include "core/events/eventreader.h"
#include "core/events/filter.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace hookscope {

constexpr qsizetype mostDeadLetterSequences = 30'000; // in one statement: SQLite takes 32,766 values

// The statement `head` on the dead letters of `choice`, but for its filter, ready to be executed; `values`
// belong to the marks in `head`. Sequences beyond mostDeadLetterSequences are left out.
QSqlQuery deadLetterQuery(const QSqlDatabase &database, const QString &head, const QVariantList &values,
                          const DeadLetterChoice &choice, const QString &tail = {});

// Whether a choice's filter holds for events in their wire form. An empty one holds for all; any other for no
// event that is neither a request, an answer nor a call. A stage of one query, hence no function.
class DeadLetterMatcher {
public:
    explicit DeadLetterMatcher(const Filter &filter);

    bool matches(const QByteArray &json);

private:
    Filter m_filter;
    std::int64_t m_nowUs;
    EventReader m_reader;
};

// A row of sequence, hook, id, exchange, moment, made_ms, died_ms, attempts, reason, json.
DeadLetter deadLetterOf(const QSqlQuery &row);

// A mark as two columns, and back.
QByteArray exchangeBytes(const DeliveryMark &mark);
int momentNumber(const DeliveryMark &mark);
DeliveryMark markOf(const QByteArray &exchange, int moment);

} // namespace hookscope

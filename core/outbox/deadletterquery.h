#pragma once

#include "core/events/delivery.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace hookscope {

// The statement `head` on the dead letters of `choice`, ready to be executed; `values` belong to the marks in
// `head`. A choice of more than 30,000 sequences is not made: those beyond are left out.
QSqlQuery deadLetterQuery(const QSqlDatabase &database, const QString &head, const QVariantList &values,
                          const DeadLetterChoice &choice, const QString &tail = {});

// A row of sequence, hook, id, exchange, moment, made_ms, died_ms, attempts, reason, json.
DeadLetter deadLetterOf(const QSqlQuery &row);

// A mark as two columns, and back.
QByteArray exchangeBytes(const DeliveryMark &mark);
int momentNumber(const DeliveryMark &mark);
DeliveryMark markOf(const QByteArray &exchange, int moment);

} // namespace hookscope

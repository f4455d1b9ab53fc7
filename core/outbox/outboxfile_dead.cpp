#include "core/outbox/deadletterquery.h"
#include "core/outbox/outboxfile.h"

#include <QVariant>

// The statements on what was given up.

namespace hookscope {

int OutboxFile::forgetDead(qint64 beforeMs)
{
    QSqlQuery query(m_database);
    query.prepare(QStringLiteral("DELETE FROM delivery WHERE died_ms>0 AND died_ms<?"));
    query.addBindValue(beforeMs);
    return query.exec() ? query.numRowsAffected() : (fail(query), -1);
}

int OutboxFile::buryOld(qint64 beforeMs, const QStringList &hookNames, const QString &reason, qint64 nowMs)
{
    int buried = 0;
    for (const QString &hookName : hookNames) {
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral(
            "UPDATE delivery SET died_ms=?, reason=? WHERE hook=? AND died_ms=0 AND made_ms<?"));
        for (const QVariant &value : QVariantList{nowMs, reason, hookName, beforeMs})
            query.addBindValue(value);
        if (!query.exec())
            return fail(query), -1;
        buried += query.numRowsAffected();
    }
    return buried;
}

bool OutboxFile::unbury(const QString &hookName, const QString &reason, qint64 diedMs)
{
    QSqlQuery query(m_database);
    query.prepare(
        QStringLiteral("UPDATE delivery SET died_ms=0, reason=NULL WHERE hook=? AND died_ms=? AND reason=?"));
    for (const QVariant &value : QVariantList{hookName, diedMs, reason})
        query.addBindValue(value);
    return query.exec() || fail(query);
}

bool OutboxFile::deadLetters(const DeadLetterChoice &choice, int limit, QList<DeadLetter> &letters)
{
    const QString tail = choice.filter.isEmpty() ? QStringLiteral(" ORDER BY sequence LIMIT %1").arg(limit)
                                                 : QStringLiteral(" ORDER BY sequence");
    QSqlQuery query = deadLetterQuery(m_database,
                                      QStringLiteral("SELECT sequence, hook, id, exchange, moment, made_ms, "
                                                     "died_ms, attempts, reason, json FROM delivery"),
                                      {}, choice, tail);
    if (!query.exec())
        return fail(query);
    DeadLetterMatcher matcher(choice.filter);
    while (letters.size() < limit && query.next()) {
        const DeadLetter letter = deadLetterOf(query);
        if (matcher.matches(letter.json))
            letters.append(letter);
    }
    return true;
}

bool OutboxFile::deadSequences(const DeadLetterChoice &choice, QList<qint64> &sequences)
{
    QSqlQuery query =
        deadLetterQuery(m_database, QStringLiteral("SELECT sequence, json FROM delivery"), {}, choice);
    if (!query.exec())
        return fail(query);
    DeadLetterMatcher matcher(choice.filter);
    while (query.next()) {
        if (matcher.matches(query.value(1).toByteArray()))
            sequences.append(query.value(0).toLongLong());
    }
    return true;
}

// A filter is none of SQLite's: what it holds for is looked up first.
int OutboxFile::changeDead(const QString &head, const QVariantList &values, const DeadLetterChoice &choice)
{
    QList<DeadLetterChoice> parts{choice};
    if (!choice.filter.isEmpty()) {
        QList<qint64> sequences;
        if (!deadSequences(choice, sequences))
            return -1;
        parts.clear();
        for (qsizetype at = 0; at < sequences.size(); at += mostDeadLetterSequences) {
            parts.emplace_back();
            parts.last().sequences = sequences.mid(at, mostDeadLetterSequences);
        }
    }
    int changed = 0;
    for (const DeadLetterChoice &part : std::as_const(parts)) {
        QSqlQuery query = deadLetterQuery(m_database, head, values, part);
        if (!query.exec())
            return fail(query), -1;
        changed += query.numRowsAffected();
    }
    return changed;
}

int OutboxFile::revive(const DeadLetterChoice &choice, qint64 nowMs)
{
    // With a new age, or those that were given up for theirs would be given up again.
    return changeDead(
        QStringLiteral(
            "UPDATE delivery SET died_ms=0, reason=NULL, attempts=0, next_ms=0, batch=NULL, made_ms=?"),
        {nowMs}, choice);
}

int OutboxFile::discard(const DeadLetterChoice &choice)
{
    return changeDead(QStringLiteral("DELETE FROM delivery"), {}, choice);
}

} // namespace hookscope

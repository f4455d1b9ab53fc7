#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QVariant>
#include <string>

// OTLP's JSON, read for tests.

inline QJsonDocument documentOf(const std::string &text)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(text));
}

// Attributes by their key: as they are written, so that the type of a number can be told.
inline QMap<QString, QJsonObject> attributesOf(const QJsonValue &list)
{
    QMap<QString, QJsonObject> attributes;
    for (const QJsonValue &each : list.toArray())
        attributes.insert(each[QLatin1String("key")].toString(), each[QLatin1String("value")].toObject());
    return attributes;
}

inline QJsonObject text(const char *value)
{
    return {{QStringLiteral("stringValue"), QString::fromUtf8(value)}};
}

inline QJsonObject whole(const char *digits)
{
    return {{QStringLiteral("intValue"), QString::fromUtf8(digits)}};
}

inline QJsonObject decimal(double number)
{
    return {{QStringLiteral("doubleValue"), number}};
}

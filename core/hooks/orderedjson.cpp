#include "core/hooks/orderedjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace hookscope {

namespace {

// Qt's own escaping and number forms: what one value would be as the only member of a list.
QByteArray scalarText(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

class Writer {
public:
    explicit Writer(const QStringList &firstKeys)
        : m_firstKeys(firstKeys)
    {
    }

    void write(const QJsonValue &value)
    {
        if (value.isObject())
            writeObject(value.toObject());
        else if (value.isArray())
            writeArray(value.toArray());
        else
            m_text += scalarText(value);
    }

    QByteArray text() const { return m_text; }

private:
    void writeObject(const QJsonObject &object)
    {
        QStringList keys;
        for (const QString &key : m_firstKeys) {
            if (object.contains(key))
                keys.append(key);
        }
        for (const QString &key : object.keys()) {
            if (!m_firstKeys.contains(key))
                keys.append(key);
        }
        open('{');
        for (const QString &key : keys) {
            startItem(key == keys.first());
            m_text += scalarText(key) + ": ";
            write(object.value(key));
        }
        close('}', keys.isEmpty());
    }

    void writeArray(const QJsonArray &array)
    {
        open('[');
        bool isFirst = true;
        for (const QJsonValue &item : array) {
            startItem(isFirst);
            isFirst = false;
            write(item);
        }
        close(']', array.isEmpty());
    }

    void open(char bracket)
    {
        m_text += bracket;
        ++m_depth;
    }

    void startItem(bool isFirst)
    {
        m_text += isFirst ? "\n" : ",\n";
        m_text += QByteArray(m_depth * 2, ' ');
    }

    void close(char bracket, bool isEmpty)
    {
        --m_depth;
        if (!isEmpty)
            m_text += '\n' + QByteArray(m_depth * 2, ' ');
        m_text += bracket;
    }

    const QStringList &m_firstKeys;
    QByteArray m_text;
    int m_depth = 0;
};

} // namespace

QByteArray orderedJson(const QJsonValue &value, const QStringList &firstKeys)
{
    Writer writer(firstKeys);
    writer.write(value);
    return writer.text();
}

} // namespace hookscope

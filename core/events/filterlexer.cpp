#include "core/events/filterlexer.h"

namespace hookscope {

namespace {

bool isFieldLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isOperatorWord(QStringView word)
{
    return word == QLatin1String("AND") || word == QLatin1String("OR") || word == QLatin1String("NOT");
}

class Lexer {
public:
    explicit Lexer(const QString &text)
        : m_text(text)
    {
    }

    QList<FilterToken> all()
    {
        QList<FilterToken> tokens;
        for (;;) {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                ++m_at;
            FilterToken token;
            token.position = static_cast<int>(m_at);
            if (m_at == m_text.size()) {
                tokens.append(token);
                return tokens;
            }
            read(token);
            token.length = static_cast<int>(m_at) - token.position;
            tokens.append(token);
        }
    }

private:
    void read(FilterToken &token)
    {
        const QChar c = m_text[m_at];
        if (c == u'(' || c == u')') {
            token.kind = c == u'(' ? FilterToken::Kind::Open : FilterToken::Kind::Close;
            ++m_at;
        } else if (c == u'-') {
            token.kind = FilterToken::Kind::Not;
            ++m_at;
        } else if (!readCondition(token)) {
            token.kind = FilterToken::Kind::Text;
            readValue(token);
            if (!token.isQuoted)
                takeForWord(token);
        }
    }

    static void takeForWord(FilterToken &token)
    {
        if (token.value == QLatin1String("AND"))
            token.kind = FilterToken::Kind::And;
        else if (token.value == QLatin1String("OR"))
            token.kind = FilterToken::Kind::Or;
        else if (token.value == QLatin1String("NOT"))
            token.kind = FilterToken::Kind::Not;
    }

    bool readCondition(FilterToken &token)
    {
        qsizetype end = m_at;
        while (end < m_text.size() && isFieldLetter(m_text[end]))
            ++end;
        int length = 0;
        const auto op = filterOperatorAt(m_text, end, length);
        // A URL is a text.
        if (!op || QStringView(m_text).sliced(end).startsWith(QLatin1String("://")))
            return false;
        token.kind = FilterToken::Kind::Condition;
        token.field = m_text.sliced(m_at, end - m_at);
        token.op = *op;
        token.opPosition = static_cast<int>(end);
        token.opLength = length;
        m_at = end + length;
        readValue(token);
        return true;
    }

    void readValue(FilterToken &token)
    {
        token.isQuoted = m_at < m_text.size() && m_text[m_at] == u'"';
        if (token.isQuoted)
            ++m_at;
        token.valuePosition = static_cast<int>(m_at);
        const qsizetype begin = m_at;
        if (token.isQuoted)
            skipQuoted(token);
        else
            skipWord();
        const qsizetype end = token.isQuoted && token.isClosed ? m_at - 1 : m_at;
        token.value = m_text.sliced(begin, end - begin);
    }

    void skipQuoted(FilterToken &token)
    {
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            } else if (m_text[m_at] == u'"') {
                ++m_at;
                return;
            }
        }
        token.isClosed = false;
    }

    void skipWord()
    {
        const qsizetype begin = m_at;
        int open = 0;
        for (; m_at < m_text.size() && !m_text[m_at].isSpace(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'\\' && m_at + 1 < m_text.size() && !m_text[m_at + 1].isSpace())
                ++m_at;
            else if (c == u')' && --open < 0)
                return;
            else if (c == u'(' && isOperatorWord(QStringView(m_text).sliced(begin, m_at - begin)))
                return;
            else if (c == u'(')
                ++open;
        }
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<FilterOperator> filterOperatorAt(const QString &text, qsizetype at, int &length)
{
    using Op = FilterOperator;
    const QStringView rest = QStringView(text).sliced(at);
    for (const Op op : {Op::NotEqual, Op::LessOrEqual, Op::GreaterOrEqual, Op::Is, Op::Equal, Op::Less,
                        Op::Greater, Op::Matches}) {
        const QString sign = textOf(op);
        if (rest.startsWith(sign)) {
            length = static_cast<int>(sign.size());
            return op;
        }
    }
    return std::nullopt;
}

QList<FilterToken> filterTokens(const QString &text)
{
    return Lexer(text).all();
}

} // namespace hookscope

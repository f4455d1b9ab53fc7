#include "core/events/filtervalue.h"

#include <algorithm>
#include <array>

namespace hookscope {

namespace {

constexpr std::array<unsigned char, 256> makeLower()
{
    std::array<unsigned char, 256> table{};
    for (std::size_t c = 0; c < 256; ++c)
        table[c] = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return table;
}

constexpr auto lowerTable = makeLower();

char lower(char c)
{
    return static_cast<char>(lowerTable[static_cast<unsigned char>(c)]);
}

bool beginsWith(std::string_view text, std::string_view lowerPiece)
{
    if (text.size() < lowerPiece.size())
        return false;
    for (std::size_t i = 0; i < lowerPiece.size(); ++i) {
        if (lower(text[i]) != lowerPiece[i])
            return false;
    }
    return true;
}

std::size_t find(std::string_view text, std::string_view lowerPiece, std::size_t from)
{
    if (lowerPiece.empty())
        return from;
    if (text.size() < lowerPiece.size())
        return std::string_view::npos;
    const char first = lowerPiece.front();
    const std::size_t last = text.size() - lowerPiece.size();
    for (std::size_t at = from; at <= last; ++at) {
        if (lower(text[at]) == first && beginsWith(text.substr(at), lowerPiece))
            return at;
    }
    return std::string_view::npos;
}

} // namespace

FilterPattern::FilterPattern(const QString &value, bool isOpen)
    : m_isOpen(isOpen)
{
    QString piece;
    const auto endPiece = [&] {
        std::string bytes = piece.toStdString();
        std::transform(bytes.begin(), bytes.end(), bytes.begin(), lower);
        m_pieces.push_back(std::move(bytes));
        piece.clear();
    };
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar c = value[i];
        const QChar next = i + 1 < value.size() ? value[i + 1] : QChar();
        if (c == u'\\' && (next == u'"' || next == u'\\' || next == u'*')) {
            piece.append(next);
            ++i;
        } else if (c == u'*') {
            endPiece();
        } else {
            piece.append(c);
        }
    }
    endPiece();
}

FilterPattern FilterPattern::whole(const QString &value)
{
    return {value, false};
}

FilterPattern FilterPattern::part(const QString &value)
{
    return {value, true};
}

bool FilterPattern::matches(std::string_view text) const
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        const std::string &piece = m_pieces[i];
        const bool isBound = !m_isOpen && (i == 0 || i + 1 == m_pieces.size());
        if (!isBound) {
            at = find(text, piece, at);
            if (at == std::string_view::npos)
                return false;
        } else if (i == 0) {
            if (!beginsWith(text, piece) || (m_pieces.size() == 1 && text.size() != piece.size()))
                return false;
        } else {
            if (text.size() - at < piece.size())
                return false;
            at = text.size() - piece.size();
            if (!beginsWith(text.substr(at), piece))
                return false;
        }
        at += piece.size();
    }
    return true;
}

bool FilterPattern::maySpan(std::string_view beginning) const
{
    if (m_pieces.size() > 1)
        return true;
    const std::string_view piece = m_pieces.front();
    for (std::size_t size = 1; size < piece.size() && size <= beginning.size(); ++size) {
        if (beginsWith(beginning.substr(beginning.size() - size), piece.substr(0, size)))
            return true;
    }
    return false;
}

} // namespace hookscope

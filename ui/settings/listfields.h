#pragma once

#include <QStringList>

class QLabel;
class QPlainTextEdit;

namespace hookscope {

// What the settings' pages are made of: a field of a few lines, one entry each, and a text for people.
QPlainTextEdit *listEdit(const QString &placeholder);
QLabel *plainNote(const QString &text);

// The entries, trimmed, without empty ones.
QStringList linesOf(const QPlainTextEdit &edit);

} // namespace hookscope
